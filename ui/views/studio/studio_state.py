"""What the editor shows of a draft: its form, unfolded, typed in, spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from medcounter.authoring.form.form_building import FILL
from medcounter.authoring.form.form_records import FieldState

from .field_rows import is_blank, row_shape

if TYPE_CHECKING:
    from medcounter.authoring.form.form_records import CardOffer, FieldGroup, FormSection, RuleCard
    from medcounter.json_path import JsonPath

    from .section_list import SectionLine

# Groups that the program writes itself.
_ASIDE = {"links", "sentences"}
_ASIDE_STATES = {FieldState.DERIVED, FieldState.INHERITED}


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
        fixed: Why nothing can be changed now, and what to do; empty while it can.
    """

    typed: Mapping[JsonPath, Typed] = field(default_factory=lambda: MappingProxyType({}))
    warned: Mapping[JsonPath, str] = field(default_factory=lambda: MappingProxyType({}))
    carried: frozenset[JsonPath] = frozenset()
    returned: Mapping[JsonPath, str] = field(default_factory=lambda: MappingProxyType({}))
    refused: frozenset[JsonPath] = frozenset()
    fixed: str = ""

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

    def _turn(self, source: list[int], destination: list[int], usual: int) -> int:
        self._path = None
        count = source.pop() if source else usual
        destination.append(count)
        return count


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What comes next once a draft has left its author.

    Attributes:
        text: A sentence; empty while it is being written.
        ways: Acts of the table of shortcuts, and what each does there.
    """

    text: str = ""
    ways: tuple[tuple[str, str], ...] = ()


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
        next_steps: What comes next once it has left its author.
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
    next_steps: NextSteps = NextSteps()


class Fold(IntEnum):
    """How much of a card is seen: its line, what is to be answered, or all."""

    LINE = 0
    ANSWERS = 1
    WHOLE = 2


_TURN_WORDS = {Fold.LINE: "▸ 展开", Fold.ANSWERS: "▸ 更多", Fold.WHOLE: "▾ 收起"}


def card_key(card: RuleCard) -> tuple[object, ...]:
    """Name a card, so that it is the same one when others come or go before it."""
    return (*card.path[:-1], card.inherited_from, card.rule_id or card.path[-1:])


def card_shape(card: RuleCard, fold: Fold) -> tuple[object, ...]:
    """Return what a box is built from: boxes of one shape show each other's cards.

    What lies folded is no part of it: other cards' titles among its choices change
    with every key.
    """
    if not fold:
        return (fold,)
    groups = tuple(
        (*head_shape(group), tuple(row_shape(field) for field in group.fields))
        for group in shown_groups(card, fold)
    )
    return fold, card.raw, turn_text(card, fold), offer_labels(card.offers), groups


def head_shape(group: FieldGroup) -> tuple[object, ...]:
    """Return what the head of a group is built from."""
    return group.title, group.removable, offer_labels(group.offers)


def turn_text(card: RuleCard, fold: Fold) -> str:
    """Say what the button does that unfolds a card further, or folds it."""
    whole = all(not _is_aside(group) for group in card.groups)
    return _TURN_WORDS[Fold.WHOLE if fold is Fold.ANSWERS and whole else fold]


def shown_groups(card: RuleCard, fold: Fold) -> Iterator[FieldGroup]:
    """List the groups of a card that are seen."""
    return every_group(card.groups) if fold is Fold.WHOLE else _unfolded(card.groups)


def answer_count(card: RuleCard) -> int:
    """Count the fields that are seen of a card when its answers are."""
    return sum(len(one.fields) for one in _unfolded(card.groups))


def _unfolded(groups: tuple[FieldGroup, ...]) -> Iterator[FieldGroup]:
    for group in groups:
        if not _is_aside(group):
            yield group
            yield from _unfolded(group.groups)


def every_group(groups: tuple[FieldGroup, ...]) -> Iterator[FieldGroup]:
    """List groups and those within them, in the order shown."""
    for group in groups:
        yield group
        yield from every_group(group.groups)


def usable(offers: tuple[CardOffer, ...]) -> tuple[CardOffer, ...]:
    """Leave out the fields that only a rule written by hand uses."""
    return tuple(offer for offer in offers if offer.maker != FILL)


def offer_labels(offers: tuple[CardOffer, ...]) -> tuple[str, ...]:
    """Name the offers that are shown."""
    return tuple(offer.label for offer in usable(offers))


def _is_aside(group: FieldGroup) -> bool:
    """Return whether a group needs no answer, so that it may lie folded."""
    if group.key in _ASIDE:
        return True
    return all(field.state in _ASIDE_STATES for field in group.every_field())


def first_fold(card: RuleCard, marks: FormMarks, *, is_short: bool) -> Fold:
    """Decide how far a card is unfolded where the user has not.

    Args:
        card: Of the section.
        marks: What is said of the form's fields.
        is_short: Whether the section has few fields, all of which are seen.
    """
    if card.inherited_from:
        return Fold.LINE
    asked = any(is_blank(field) or marks.is_open(field.path) for field in card.fields)
    return Fold.ANSWERS if is_short or asked else Fold.LINE
