"""What rolling a place forward finds, asks and keeps, as records.

All of it is plain values, so that it can be stored beside the draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medcounter.authoring.document.document_path import Json
from medcounter.json_path import JsonPath


class RollOffer(StrEnum):
    """What is proposed for a value of last year's rules.

    ``ask`` is never done by itself: the old value stays, and the draft cannot be
    released, until somebody has answered.
    """

    KEEP = "keep"
    SHIFT = "shift"
    ASK = "ask"


class OccurrenceKind(StrEnum):
    """What a value is."""

    DAY = "day"
    YEAR_DAY = "year-day"
    YEAR = "year"
    AMOUNT = "amount"
    RATE = "rate"
    LENGTH = "length"
    SOURCE = "source"
    ID = "id"


class ValueForm(StrEnum):
    """How a value is written where it stands; a new one is written likewise."""

    ISO_DAY = "iso-day"
    SAID_DAY = "said-day"
    SAID_MONTHS = "said-months"
    SAID_MONTH_DAY = "said-month-day"
    YEAR = "year"
    SAID_YEAR = "said-year"
    AMOUNT = "amount"
    SAID_AMOUNT = "said-amount"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date, year, amount, rate, length or id of last year's rules.

    Attributes:
        path: Where it stands in the document.
        kind: What it is.
        form: How it is written there.
        old: As written there; of a text only the figure.
        shifted: The same a benefit year later; None where nothing moves.
        offer: What is proposed.
        why: The reason in Chinese.
        span: First and last character but one of a figure inside a text; None
            where the whole value is meant.
        question: Key of the question that decides it; empty where none does.
        part: Which part of that question's answer it is.
        days: How many days after that part it lies.
    """

    path: JsonPath
    kind: OccurrenceKind
    form: ValueForm
    old: str
    shifted: str | None
    offer: RollOffer
    why: str
    span: tuple[int, int] | None = None
    question: str = ""
    part: int = 0
    days: int = 0


class AskedKind(StrEnum):
    """What a question asks for; ``period`` is the days of a period of payment."""

    PERIOD = "period"
    DAY = "day"
    YEAR = "year"
    AMOUNT = "amount"
    LEAP_DAY = "leap-day"


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One value that a question asks for.

    Attributes:
        label: Chinese; empty where the question has one part only.
        old: Last year's value: ISO day, year, or yuan with two places.
        shifted: A benefit year later; None for an amount.
        leap: Whether it is undecided if the 28th or the last day of February
            is meant, because only one of the two years has a 29th.
    """

    label: str
    old: str
    shifted: str | None
    leap: bool = False


@dataclass(frozen=True, slots=True)
class RollQuestion:
    """A question that only the new announcement can answer.

    Attributes:
        key: Names it in answers: ``period-2025-10-15``, ``amount-400.00``.
        kind: What is asked for.
        text: The question in Chinese, with last year's values.
        why: Why it is asked.
        parts: The values, in the order in which they are answered.
        sum_of: Keys of the questions whose amounts make up this one's; or empty.
        occurrences: Everything that the answer decides.
        fixed: Whether it may be part of a rule's meaning: a later value has to be
            written out, it is never last year's a year later by a word.
    """

    key: str
    kind: AskedKind
    text: str
    why: str
    parts: tuple[QuestionPart, ...]
    sum_of: tuple[str, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    fixed: bool = False


class AnswerChoice(StrEnum):
    """How a question is answered."""

    KEEP = "keep"
    SHIFT = "shift"
    VALUES = "values"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class RollAnswer:
    """The answer to one question.

    Attributes:
        choice: Last year's value, the one a year later, a sum, or new values.
        values: One for each part where new ones are given, written as in
            ``QuestionPart.old``.
        clause: Where the new announcement says so; empty where it was not told.
    """

    choice: AnswerChoice
    values: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NewSource:
    """The source of the new year's rules.

    Attributes:
        id: Code of the source.
        title: Chinese.
        publisher: Chinese.
        grade: ``A``, ``B`` or ``C``.
        published: ISO day; None where it is not known.
        checked: ISO day of today.
    """

    id: str
    title: str
    publisher: str
    grade: str
    published: str | None
    checked: str

    def as_source(self) -> dict[str, Json]:
        """Return it as an entry of ``sources``."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "grade": self.grade,
            "published": self.published,
            "checked": self.checked,
        }


# List and name of a record, then keys and numbers: ("rules", "main", "when", "from").
NamedPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CarriedMark:
    """What a record said before it was marked as carried over.

    Attributes:
        place: The record, by name: numbers move when others come or go.
        label: What it is, in Chinese.
        status: Last year's; None where such a record has none.
        doubt: Last year's; None where there was none.
        concerns: Last year's; None where there were none.
        source: Last year's source.
        clause: Where it said so.
        asked: Keys of the questions about it.
        whole: Whether these ask for every figure of it.
    """

    place: NamedPath
    label: str
    status: str | None
    doubt: str | None
    concerns: tuple[str, ...] | None
    source: str
    clause: str
    asked: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A value that an open question decides, found again by name.

    Attributes:
        place: Where it stands.
        occurrence: What stands there.
        figure: Which figure of its text it is, from 0; None for a whole value.
    """

    place: NamedPath
    occurrence: Occurrence
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer yet; it blocks the release."""

    question: RollQuestion
    places: tuple[OpenPlace, ...]


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """One value of an example: last year's, moved a year, and as it comes out now.

    Attributes:
        field: Dotted name in the contract.
        old: What last year's example expected.
        moved: The same with its days a year later.
        new: What this year's draft gives.
    """

    field: str
    old: Json
    moved: Json
    new: Json

    @property
    def differs(self) -> bool:
        """Whether anything but the year changed."""
        return bool(self.moved != self.new)


@dataclass(frozen=True, slots=True)
class ExampleProposal:
    """An example of last year, moved and worked out anew; never accepted by itself.

    Attributes:
        id: Of the new example.
        last: Last year's example, as written.
        facts: The same resident a year later.
        values: What is expected.
        doubts: Fields in doubt, of those that last year's example wants so.
        settled: Fields free of doubt, of those that it wants so.
        refused: Why it cannot be assessed yet; empty where it can.
    """

    id: str
    last: dict[str, Json]
    facts: dict[str, Json]
    values: tuple[ExpectedValue, ...]
    doubts: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    refused: str = ""

    @property
    def differs(self) -> bool:
        """Whether any value or doubt comes out otherwise than last year's a year later."""
        fewer = any(
            len(getattr(self, name)) < len(self.last.get(name, ()))
            for name in ("doubts", "settled")
        )
        return bool(self.refused) or fewer or any(value.differs for value in self.values)


@dataclass(frozen=True, slots=True)
class RollRecord:
    """The data stored beside a draft that was rolled forward.

    Attributes:
        from_year: Benefit year the rules come from.
        to_year: Benefit year they were rolled to.
        source: Code of the new announcement among the sources.
        source_grade: Its grade.
        carried: Records not yet compared with it.
        open: Questions not yet answered.
        answers: Those answered, with their answers.
        questions: All that were asked, by key, with last year's values.
        notes: What was done besides, in Chinese sentences.
        examples: Last year's examples that were neither accepted nor dismissed.
    """

    from_year: int
    to_year: int
    source: str
    source_grade: str
    carried: tuple[CarriedMark, ...]
    open: tuple[OpenQuestion, ...]
    answers: dict[str, RollAnswer]
    questions: tuple[RollQuestion, ...]
    notes: tuple[str, ...] = ()
    examples: tuple[ExampleProposal, ...] = ()
