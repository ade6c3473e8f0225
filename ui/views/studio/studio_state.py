"""What the editor shows of a draft: its form, and what is typed and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcounter.authoring.form.form_records import FormSection
    from medcounter.json_path import JsonPath

    from .section_list import SectionLine


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a field as it was typed.

    Attributes:
        text: As typed.
        sentence: Why it cannot be read; empty where it was.
    """

    text: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class FormMarks:
    """What is said at the fields of a form, by their paths.

    Attributes:
        typed: The field that is typed in, and those that could not be read.
        warned: What a field is warned of.
        carried: Fields carried over from last year that nobody confirmed.
        returned: What the office said of a field on the sheet that came back, in Chinese.
        refused: Fields of which it said that they do not agree with the announcement.
    """

    typed: Mapping[JsonPath, Typed] = field(default_factory=lambda: MappingProxyType({}))
    warned: Mapping[JsonPath, str] = field(default_factory=lambda: MappingProxyType({}))
    carried: frozenset[JsonPath] = frozenset()
    returned: Mapping[JsonPath, str] = field(default_factory=lambda: MappingProxyType({}))
    refused: frozenset[JsonPath] = frozenset()

    def is_open(self, path: JsonPath) -> bool:
        """Return whether a field still needs an answer."""
        asked = path in self.warned or path in self.carried or path in self.refused
        return asked or self.is_unread(path)

    def is_unread(self, path: JsonPath) -> bool:
        """Return whether what was typed into a field cannot be read."""
        typed = self.typed.get(path)
        return typed is not None and bool(typed.sentence)


class TypedRuns:
    """Counts the kept versions of each step of undoing: a typed field is one step."""

    def __init__(self) -> None:
        self._done: list[int] = []
        self._undone: list[int] = []
        self._path: JsonPath | None = None

    def note(self, path: JsonPath | None, versions: int) -> None:
        """Note versions that were kept.

        Args:
            path: Of the field that is typed in; None for any other act.
            versions: How many; none changes nothing.
        """
        if not versions:
            return
        if path is not None and path == self._path and self._done:
            self._done[-1] += versions
        else:
            self._done.append(versions)
        self._path = path
        self._undone.clear()

    def back(self, kept: int) -> int:
        """Return how many versions are taken back now.

        Args:
            kept: How many the history names, where no step is known here.
        """
        return self._turn(self._done, self._undone, kept)

    def again(self) -> int:
        """Return how many come again now."""
        return self._turn(self._undone, self._done, 1)

    def forget(self) -> None:
        """Forget all steps: something else changed the draft."""
        self._done.clear()
        self._undone.clear()
        self._path = None

    def _turn(self, source: list[int], goal: list[int], usual: int) -> int:
        self._path = None
        count = source.pop() if source else usual
        goal.append(count)
        return count


@dataclass(frozen=True, slots=True)
class EditorState:
    """Everything the editor shows but what is live.

    Attributes:
        title: Place, year and scheme.
        stage_label: How the draft stands, in Chinese.
        stage_tone: The tone of that.
        check: How far the check in the background is, and what it found.
        hand_on_label: What handing the draft on means now.
        export_label: What saving it gives now.
        lines: The sections.
        section: The one that is open.
        marks: What is said at its fields.
        base_news: That other rules came into use since; empty while the same are.
    """

    title: str
    stage_label: str
    stage_tone: str
    check: str
    hand_on_label: str
    export_label: str
    lines: tuple[SectionLine, ...]
    section: FormSection
    marks: FormMarks
    base_news: str = ""
