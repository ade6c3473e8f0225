"""The records of a form: sections of cards of fields, each with its path.

What a view draws and what warnings, proofs and marks point at. Holds no
widget, computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from medcounter.authoring.document.document_path import Json
from medcounter.json_path import JsonPath


class FieldKind(StrEnum):
    """What is typed in a field, and how it is read."""

    DATE = "date"
    YEAR_DAY = "year-day"
    YEAR = "year"
    AMOUNT = "amount"
    RATE = "rate"
    NUMBER = "number"
    NUMBERS = "numbers"
    VALUE = "value"
    SPAN = "span"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    SENTENCE = "sentence"
    FLAG = "flag"
    CODE = "code"


class FieldState(StrEnum):
    """Where a field's value comes from."""

    ENTERED = "entered"
    INHERITED = "inherited"
    DERIVED = "derived"
    CARRIED = "carried"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One value to choose from: what is written, and its Chinese label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One value of the document, as it is shown and typed.

    Attributes:
        path: Where the value stands in the document, or would.
        label: Chinese name.
        kind: How it is typed.
        value: As written in the document; None where nothing stands there, or null.
        text: The value as it is shown in the field.
        choices: What to choose from.
        state: Where the value comes from.
        hint: Half a sentence for the one who fills it; may be empty.
        nullable: Whether it may be said that the source does not say it
            ("来源没有写", or "？"): null then stands there, or what is usual.
        optional: Whether it may be left out.
        follows: Paths that hold the same value and are written with it: one
            date is one field.
    """

    path: JsonPath
    label: str
    kind: FieldKind
    value: Json
    text: str
    choices: tuple[FieldChoice, ...] = ()
    state: FieldState = FieldState.ENTERED
    hint: str = ""
    nullable: bool = False
    optional: bool = False
    follows: tuple[JsonPath, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together on a card.

    Attributes:
        path: Of the object or list they stand in, or would.
        key: What it is: ``when``, ``answer``, ``source``, ``reading``, ``sentences`` …
        title: Chinese heading; may be empty.
        fields: In the order in which they are shown.
        groups: Nested ones: parts of a condition, items of a fee.
        offers: What may be added in it.
        removable: Whether the whole group may be taken away.
        sentence: What the group says in one line of words; empty where none are made.
    """

    path: JsonPath
    key: str
    title: str
    fields: tuple[FormField, ...] = ()
    groups: tuple[FieldGroup, ...] = ()
    offers: tuple[CardOffer, ...] = ()
    removable: bool = False
    sentence: str = ""

    def every_field(self) -> Iterator[FormField]:
        """List its fields and those of its groups, in the order shown."""
        yield from self.fields
        for group in self.groups:
            yield from group.every_field()


@dataclass(frozen=True, slots=True)
class CardOffer:
    """Something that may be added or done at one place of the form.

    Attributes:
        maker: Name of the maker, in the table of makers.
        label: Chinese words for the button.
        path: What it is done to; empty for a new card of a section.
    """

    maker: str
    label: str
    path: JsonPath = ()


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule, source, example, remark … as a card.

    Attributes:
        path: Where its object stands in the document; that of an inherited one
            begins with ``base``, and what is typed there makes an own rule of it.
        rule_id: Id of the rule or record.
        title: Chinese heading: what it says in one line.
        question: Code of the question a rule answers; empty for other records.
        groups: Its fields.
        raw: Whether it holds something the form cannot show.
        inherited_from: Name of the place it comes from; empty for its own.
        offers: What may be done with it: keep, change, does not hold here, remove.
        fields: All fields, in the order in which they are shown.
    """

    path: JsonPath
    rule_id: str
    title: str
    question: str
    groups: tuple[FieldGroup, ...]
    raw: bool = False
    inherited_from: str = ""
    offers: tuple[CardOffer, ...] = ()
    # Gathered once: each key asks for the fields of all cards.
    fields: tuple[FormField, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Gather the fields."""
        fields = tuple(one for group in self.groups for one in group.every_field())
        object.__setattr__(self, "fields", fields)


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section of the form: its cards, and what may be added to it.

    Attributes:
        key: ``sources``, ``periods``, ``fees`` …; see ``form_sections``.
        title: Chinese heading.
        offers: Makers of new cards.
        note: A sentence that stands above the cards; may be empty.
    """

    key: str
    title: str
    cards: tuple[RuleCard, ...]
    offers: tuple[CardOffer, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """The whole form of one programme.

    Attributes:
        region: Six digits.
        name: Chinese name of the place; the code where none is given.
        scheme: ``resident`` or ``flexible``.
        first_year: First benefit year of the programme.
        last_year: Last one, inclusive.
    """

    region: str
    name: str
    scheme: str
    first_year: int
    last_year: int
    sections: tuple[FormSection, ...]

    @property
    def cards(self) -> tuple[RuleCard, ...]:
        """All cards, in the order in which they are shown."""
        return tuple(card for section in self.sections for card in section.cards)

    @property
    def own_cards(self) -> tuple[RuleCard, ...]:
        """The cards of what the draft itself says, without what it inherits."""
        return tuple(card for card in self.cards if not card.inherited_from)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields of the draft itself, in the order in which they are shown."""
        return tuple(one for card in self.own_cards for one in card.fields)

    def card_at(self, path: JsonPath) -> RuleCard | None:
        """Return the card in which a path lies, an inherited one too; None where none."""
        around = [card for card in self.cards if path[: len(card.path)] == card.path]
        return max(around, key=lambda card: len(card.path), default=None)

    def field_at(self, path: JsonPath) -> FormField | None:
        """Return the field of a path; None where the form has none."""
        card = self.card_at(path)
        fields = () if card is None else card.fields
        return next((one for one in fields if one.path == path), None)
