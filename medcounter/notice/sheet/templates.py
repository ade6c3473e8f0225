"""The templates for paper: located, compiled once, rendered.

They are in the folder ``templates``, one file for each paper, and use only
what Qt's rich text supports; sizes and weights are in notice.css. What a
template prints is escaped unless a template produced it, and an undefined name
is an error.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from medcounter.money import show_money, show_yuan
from medcounter.notice.sheet.typeset import GAP, HARD_SPACE, clean, typeset

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Environment
    from jinja2.environment import TemplateModule

# Lengths of pictures are written in tenths of a millimetre.
_TENTHS = 10
_HERE = "medcounter.notice.sheet"


def write(template: str, part: str, *arguments: object) -> Markup:
    """Fill in one part of a template.

    Args:
        template: Name of its file, without the ending.
        part: The macro in it.
        *arguments: What the macro asks for.

    Returns:
        Markup, which no template escapes again.
    """
    return write_from(_HERE, template, part, *arguments)


def write_from(package: str, template: str, part: str, *arguments: object) -> Markup:
    """Fill in one part of a template that lies in another package's ``templates``.

    It may import what is here, such as ``shared.html``.
    """
    written = getattr(_module(package, template), part)(*arguments)
    return Markup(written)  # noqa: S704 - a template wrote it


@cache
def _module(package: str, template: str) -> TemplateModule:
    return _environment(package).get_template(f"{template}.html").module


@cache
def _environment(package: str) -> Environment:
    # Slow to import and needed only when something is written for paper.
    from jinja2 import (  # noqa: PLC0415 - see above
        ChoiceLoader,
        Environment,
        PackageLoader,
        StrictUndefined,
    )

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=ChoiceLoader([PackageLoader(name) for name in dict.fromkeys((package, _HERE))]),
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(gap=GAP, hard_space=HARD_SPACE)
    made.filters.update(
        money=show_money,
        yuan=_yuan,
        minute=_minute,
        prose=typeset,
        tenths=_tenths,
        unbroken=_unbroken,
    )
    return made


def _printed(value: object) -> object:
    """Clean what is not markup; Jinja2 escapes it after this."""
    return clean(value) if type(value) is str else value


def _yuan(fen: int | None) -> str:
    """Write an amount in a column of yuan."""
    return show_money(None) if fen is None else show_yuan(fen)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _tenths(length_mm: float) -> int:
    return round(length_mm * _TENTHS)


def _unbroken(text: str) -> str:
    """Keep a text in one line."""
    return clean(text).replace(" ", HARD_SPACE)
