"""Write NOTICE: the parts that ship, and under which licences, in full."""

from collections.abc import Iterable
from itertools import groupby

from tools.package.inventory import Component

_WIDTH = 79
_HEAD = """\
医保缴费测算台 (medcounter)

本程序按 Apache 许可证 2.0 提供。下面列出随安装包一同提供的各个部件、版本和许可证，许可证全文附后。
The program stands under the Apache License 2.0. It ships with the parts below; their licences
follow in full.

Qt, PySide6 and Shiboken are used under the GNU Lesser General Public License, version 3. They lie
as shared libraries in the program's folder and may be replaced there by builds of one's own with
the same interface. Their sources are published by their makers under the versions named below.
Of ICU's data only what Chinese and English need ships. The fonts' character maps were cleaned of
doubles, as tools/clean_font.py in the program's sources does it.
"""


def notice_text(parts: Iterable[Component]) -> str:
    """Return NOTICE for these parts; a licence text that several share stands once."""
    parts = tuple(parts)
    lines = [_HEAD, *(_line(part) for part in parts if not part.within), ""]
    for within, inside in groupby(
        sorted((part for part in parts if part.within), key=lambda part: part.within),
        key=lambda part: part.within,
    ):
        lines += [f"Within {within}:", *(f"  {_line(part)}" for part in inside), ""]
    return "\n".join((*lines, *_texts(parts))) + "\n"


def _line(part: Component) -> str:
    return f"{part.name} {part.version} — {part.licence}"


def _texts(parts: Iterable[Component]) -> list[str]:
    users: dict[str, list[str]] = {}
    for part in parts:
        for title, text in part.texts:
            users.setdefault(text, []).append(f"{part.name}: {title}")
    blocks = []
    for text, titles in users.items():
        blocks += ["=" * _WIDTH, *titles, "=" * _WIDTH, text.rstrip(), ""]
    return blocks
