"""Resolve places and identities in a list, by code or by name.

Returns codes. An unknown name is a fault, reported with the nearest known one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.places.place_table import code_of_name
from medcounter.roster.list_words import CROSSES, IDENTITIES, NO_IDENTITY, TICKS
from medcounter.roster.reading.cells import CellFaultError, answer_of, text_of
from medcounter.roster.tables.book_process import Cell
from medcounter.rules.code_labels import nearest
from medcounter.rules.vocabulary import ORDINARY
from medcounter.typed.typed_text import quote

_BETWEEN = re.compile(r"[,;、/+及\s]+")
_CODE = re.compile(r"\d{6}")
# What follows a label in brackets explains it; brackets within are part of it.
_BRACKETS = re.compile(r"\([^()]*\)$")
# What may stand behind an identity without changing who is meant; 已取消 may not.
_EXPLAINS = re.compile(r"\((?:(?:分散|集中)(?:供养)?|[一二12]级|城市|城镇|农村|[ABC]类)\)$")


class Codes:
    """The names of places and identities known to a rule book."""

    def __init__(self, book: RuleBook, taught: Mapping[str, str] | None = None) -> None:
        """Gather the names.

        Args:
            book: The rules.
            taught: Further words for identities, each to its code.
        """
        self._places = {choice.name: choice.code for choice in book.regions()}
        self._labels = "、".join(term.label for term in book.identities())
        self._identities: dict[str, str] = {}
        for term in book.identities():
            for word in (term.label, _BRACKETS.sub("", term.label), term.hint, term.code):
                if word:
                    self._identities.setdefault(word, term.code)
            for word in IDENTITIES.get(term.code, ()):
                self._identities.setdefault(word, term.code)
        self._identities |= taught or {}

    @property
    def identity_codes(self) -> Mapping[str, str]:
        """Every word that names an identity, to its code."""
        return self._identities

    @property
    def identity_words(self) -> frozenset[str]:
        """Every word that names an identity with rules of its own."""
        named = self._identities.items()
        return frozenset(word for word, code in named if code not in {ORDINARY, word})

    def region(self, cell: Cell) -> str:
        """Return the code of a place; empty for an empty cell.

        Raises:
            CellFaultError: No place of the rules or the nation has this name.
        """
        text = text_of(cell)
        if not text or _CODE.fullmatch(text):
            return text
        code = self._places.get(text) or code_of_name(text)
        if code is None:
            raise CellFaultError(
                "unknown-code",
                f"参保地 {quote(text)} 不认识。{nearest(text, self._places)}"
                "请改为全名，如“江西省抚州市”，或六位代码。",
            )
        return code

    def ticked(self, cell: Cell, heading: str) -> bool:
        """Return whether a column that bears an identity's name is ticked.

        Raises:
            CellFaultError: The cell says neither yes nor no.
        """
        text = text_of(cell)
        if not text or text in CROSSES:
            return False
        if text in TICKS:
            return True
        return answer_of(cell, "bool", heading) is True

    def identities(self, cell: Cell) -> tuple[str, ...]:
        """Return the codes of the identities in a cell, in the order written.

        Raises:
            CellFaultError: One of them is not known.
        """
        codes = []
        for word in _BETWEEN.split(text_of(cell)):
            if word in NO_IDENTITY:
                continue
            code = self._identities.get(word) or self._identities.get(_EXPLAINS.sub("", word))
            if code is None:
                raise CellFaultError(
                    "unknown-code",
                    f"人员类别 {quote(word)} 不认识；请照证明改为其中一种：{self._labels}。"
                    "当地固定的叫法，可请主管登记为“名单说法”。",
                )
            if code != ORDINARY:
                codes.append(code)
        return tuple(codes)
