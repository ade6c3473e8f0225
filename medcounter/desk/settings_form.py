"""The settings as typed, before they are saved.

Reads the texts of the fields into values; checks and saves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from medcounter.settings import LARGEST_OFFSET, Offset, Settings, check_settings

OFFSET_X, OFFSET_Y = "offset_x", "offset_y"
_NAME_GAPS = re.compile(r"[、,，;；\s]+")
_EQUALS = re.compile(r"\s*[=＝]\s*")
_MILLIMETRES = re.compile(r"([-−－]?)([0-9]{1,2})(?:[.．。]([0-9]))?")
_NO_OFFSET = f"应为 -{LARGEST_OFFSET // 10} 至 {LARGEST_OFFSET // 10} 毫米，最多一位小数，如 1.5"


def read_names(text: str) -> tuple[str, ...]:
    """Read names set apart by commas, blanks or 、."""
    return tuple(name for name in _NAME_GAPS.split(text) if name)


def read_words(text: str) -> tuple[str, ...]:
    """Read pairs ``word=meaning`` set apart as names are, whatever sign was typed."""
    return read_names(_EQUALS.sub("=", text))


def read_lines(text: str) -> tuple[str, ...]:
    """Read what stands on lines of its own; blank lines count for nothing."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def read_number(text: str) -> object:
    """Read a whole number, 0 for nothing; else the text, for the check."""
    digits = text.strip()
    if not digits:
        return 0
    return int(digits) if digits.isascii() and digits.isdecimal() else text


def read_tenths(text: str) -> int | None:
    """Read millimetres into tenths; None when they cannot be an offset."""
    found = _MILLIMETRES.fullmatch(text.strip() or "0")
    if found is None:
        return None
    sign, whole, tenth = found.groups()
    tenths = int(whole) * 10 + int(tenth or 0)
    return None if tenths > LARGEST_OFFSET else -tenths if sign else tenths


def show_tenths(tenths: int) -> str:
    """Write tenths of a millimetre as millimetres: -1.5."""
    return f"{tenths / 10:.1f}"


_READ: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "clerks": read_names,
        "list_words": read_words,
        "phrases": read_lines,
        "reader_port": read_number,
    }
)


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The texts in the fields of the settings.

    Attributes:
        settings: As typed, where it could be read.
        kept: As last saved.
        usual: The system's usual printer; empty for none.
        typed: What stands in fields that are read, by setting.
    """

    settings: Settings
    kept: Settings
    usual: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def printer(self) -> str:
        """The printer that would be printed on; empty when there is none."""
        return self.settings.printer or self.usual

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a setting's name and the sentence on what is wrong."""
        offsets = (
            (name, _NO_OFFSET)
            for name in (OFFSET_X, OFFSET_Y)
            if read_tenths(self.typed.get(name, "")) is None
        )
        return (*check_settings(self.settings), *offsets)

    @property
    def texts(self) -> dict[str, str]:
        """The texts in the fields, by setting."""
        settings, offset = self.settings, self.settings.offset_on(self.printer)
        return {
            "hall": settings.hall,
            "desk": settings.desk,
            "clerk": settings.clerk,
            "second_place": settings.second_place,
            "clerks": "、".join(settings.clerks),
            "list_words": "、".join(settings.list_words),
            "phrases": "\n".join(settings.phrases),
            "reader_port": f"{settings.reader_port or ''}",
            OFFSET_X: show_tenths(offset.x),
            OFFSET_Y: show_tenths(offset.y),
            **self.typed,
        }

    def edited(self, name: str, value: object) -> SettingsForm:
        """Return the form with a setting typed or chosen."""
        if name in {OFFSET_X, OFFSET_Y}:
            return self._with_offset(name, str(value))
        typed, change = dict(self.typed), {name: value}
        if name in _READ:
            typed[name] = str(value)
            change = {name: _READ[name](str(value))}
        if name == "printer":
            typed.pop(OFFSET_X, None)
            typed.pop(OFFSET_Y, None)
        changed: dict[str, Any] = change
        return replace(self, settings=replace(self.settings, **changed), typed=typed)

    def kept_meanwhile(self, kept: Settings) -> SettingsForm:
        """Return the form over settings that were saved elsewhere; what was typed stays."""
        if kept == self.kept:
            return self
        names = (one.name for one in fields(Settings))
        typed = {
            name: getattr(self.settings, name)
            for name in names
            if getattr(self.settings, name) != getattr(self.kept, name)
        }
        return replace(self, settings=replace(kept, **typed), kept=kept)

    def _with_offset(self, name: str, text: str) -> SettingsForm:
        typed, tenths = {**self.typed, name: text}, read_tenths(text)
        if tenths is None or not self.printer:
            return replace(self, typed=typed)
        old = self.settings.offset_on(self.printer)
        new = replace(old, x=tenths) if name == OFFSET_X else replace(old, y=tenths)
        others = tuple(one for one in self.settings.offsets if one.printer != self.printer)
        offsets = others if new == Offset(self.printer) else (*others, new)
        return replace(self, settings=replace(self.settings, offsets=offsets), typed=typed)
