"""The bundle's records: sources, regions, programmes, advice, conflicts.

Policy staff write one programme for a region, a scheme and a span of years.
Reads nothing, evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from medcounter.rules.conditions import Condition
from medcounter.rules.later_read import LaterRead
from medcounter.rules.questions import Rule
from medcounter.rules.rule import Status, Validity
from medcounter.rules.values import (
    Address,
    AnswerCode,
    Code,
    Day,
    FileName,
    Record,
    RegionCode,
    Sha256,
    Text,
    Year,
)
from medcounter.rules.vocabulary import Vocabulary

Grade = Literal["A", "B", "C"]
Scheme = Literal["resident", "flexible"]


FileKind = Literal["picture", "pdf", "text"]
# How the names of the files of each kind may end.
FILE_ENDINGS: Mapping[FileKind, tuple[str, ...]] = {
    "picture": (".jpg", ".png"),
    "pdf": (".pdf",),
    "text": (".txt",),
}


class SourceFile(Record):
    """A source as it was brought, in a file that lies beside the bundle.

    Attributes:
        name: Of the file; names no folder.
        sha256: Hash of its bytes, so that whoever signs the bundle signs it too.
        kind: Fits the ending of the name.
    """

    SINCE = 2

    name: FileName
    sha256: Sha256
    kind: FileKind

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse a kind that the name belies.

        Raises:
            ValueError: The name ends as those of another kind do.
        """
        endings = FILE_ENDINGS[self.kind]
        if not self.name.endswith(endings):
            ending = " 或 ".join(endings)
            raise ValueError(f"种类 {self.kind} 的文件名应以 {ending} 结尾，写的是“{self.name}”。")


class Source(Record):
    """A source document: what it is, how good, when published and checked.

    Attributes:
        address: Where its publisher shows it; None where only copies were seen.
        files: Its pages as they were brought, kept beside the bundle.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"address": 2, "files": 2}

    id: Code
    title: Text
    publisher: Text
    grade: Grade
    published: Day | None
    checked: Day
    address: Address | None = None
    files: tuple[SourceFile, ...] = ()


class RegionName(Record):
    """A place: its six-digit code and its Chinese name."""

    code: RegionCode
    name: Text


class Years(Record):
    """Benefit years a programme holds for, both inclusive."""

    start: Year = Field(alias="from")
    end: Year = Field(alias="to")

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse an inverted span.

        Raises:
            ValueError: The last year lies before the first.
        """
        if self.end < self.start:
            raise ValueError(f"年度区间 {self.start} 至 {self.end} 前后颠倒。")


class Choice(Record):
    """One answer to choose from, with its Chinese label."""

    value: Text
    label: Text


class AskedAnswer(Record):
    """A free question this programme asks, with its choices if limited."""

    code: AnswerCode
    choices: tuple[Choice, ...] = ()


class Drop(Record):
    """An inherited rule that does not hold here, and the source saying so."""

    rule: Code
    source: Code
    clause: Text
    reason: Text


class AdviceEntry(Record):
    """A channel, a document to bring, an effect to tell, or a payer.

    Attributes:
        kind: ``payer`` = whose employee account may pay.
        replaces: Code of the inherited entry whose place this one takes.
        when: For whom; left out, for everybody.
        label: Short name for one line on paper.
        text: The steps in our own words; may be empty.
    """

    kind: Literal["channel", "document", "effect", "payer", "enrolment"]
    code: Code
    label: Text
    text: str = ""
    when: Condition | None = None
    replaces: Code | None = None
    source: Code
    clause: Text
    status: Status = "confirmed"


class Conflict(Record):
    """What another page says against the figure used; never applied.

    Attributes:
        about: A rule's id, or a contract field.
        says: The other claim, in our own words.
        used: What this program uses instead, and why.
    """

    id: Code
    about: Text
    says: Text
    used: Text
    source: Code
    clause: Text


WarningKind = Literal[
    "never-stands",
    "closed-between",
    "unused-answer",
    "no-choices",
    "no-example",
    "no-readings",
    "other-figure",
    "higher-standard",
    "far-from-last-year",
    "far-from-neighbours",
    "age-bands-apart",
    "covered-before-payment",
    "answered-from-above",
    "figure-unpinned",
]
# Told while rules are written, from what stands beside them; a check does not tell them again.
TOLD_WHILE_WRITING = frozenset[WarningKind](
    {
        "far-from-last-year",
        "far-from-neighbours",
        "age-bands-apart",
        "covered-before-payment",
        "answered-from-above",
        "figure-unpinned",
    }
)


class Accepted(Record):
    """The author's answer to one warning: that it is meant so, and why.

    Attributes:
        where: What it is about, as the warning names it.
    """

    SINCE = 2

    warning: WarningKind
    where: Text
    reason: Text


class Programme(Record):
    """What holds for one region, scheme and span of benefit years.

    It inherits from the nearest place above that has a programme for the
    same scheme and year, and states only what differs.

    Attributes:
        payment_days: Days the sources speak about, both inclusive.
        where_missing: Rules asked only where no place of the chain gives a
            window and a fee: they take the place of all others on their
            questions.
        accepted: Answers to what looks like a slip in it.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"where_missing": 2, "accepted": 2}

    id: Code
    region: RegionCode
    scheme: Scheme
    benefit_years: Years
    payment_days: Validity
    asks: tuple[AskedAnswer, ...] = ()
    rules: tuple[Rule, ...] = ()
    where_missing: tuple[Rule, ...] = ()
    drops: tuple[Drop, ...] = ()
    advice: tuple[AdviceEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    accepted: tuple[Accepted, ...] = ()


class ProgrammeHead(NamedTuple):
    """What tells programmes apart, and which questions one answers.

    Attributes:
        first_year: First benefit year it holds for.
        last_year: The last one, inclusive.
    """

    region: str
    scheme: str
    first_year: int
    last_year: int
    questions: frozenset[str]

    @classmethod
    def written(cls, programme: Mapping[str, Any]) -> ProgrammeHead:
        """Take it from a programme's JSON."""
        years = programme["benefit_years"]
        questions = frozenset(rule["question"] for rule in programme.get("rules", ()))
        where = programme["region"], programme["scheme"]
        return cls(*where, years["from"], years["to"], questions)

    @classmethod
    def read(cls, programme: Programme) -> ProgrammeHead:
        """Take it from a programme that was read."""
        years = programme.benefit_years
        questions = frozenset(rule.question for rule in programme.rules)
        return cls(programme.region, programme.scheme, years.start, years.end, questions)

    def holds_in(self, benefit_year: int) -> bool:
        """Return whether it holds for a benefit year."""
        return self.first_year <= benefit_year <= self.last_year


class Example(Record):
    """A worked case that travels with the rules and must come out so.

    Attributes:
        facts: Facts of the contract.
        expect: Dotted paths into the assessment to their values; ``doubts``
            and ``settled`` list fields that must and must not be in doubt.
        basis: ``stated`` by the source, or ``derived`` from its rule.
    """

    id: Code
    facts: dict[str, Any]
    expect: dict[str, Any]
    doubts: tuple[Text, ...] = ()
    settled: tuple[Text, ...] = ()
    basis: Literal["stated", "derived"]
    source: Code


class Bundle(Record):
    """All rules of one revision.

    Attributes:
        format: Version of this rule format; an earlier one keeps its behaviour.
        id: Who publishes it; stays the same over revisions.
        revision: Only ever rises.
        issued: Day of publication.
        review_by: Day after which the desk warns that it may be out of date.
    """

    format: Literal[1, 2]
    id: Code
    revision: Annotated[int, Field(strict=True, ge=1)]
    issued: Day
    review_by: Day
    vocabulary: Vocabulary = Vocabulary.model_construct()
    regions: tuple[RegionName, ...]
    sources: tuple[Source, ...]
    programmes: tuple[Programme, ...]
    examples: tuple[Example, ...] = ()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Bundle:
        """Override BaseModel.model_copy: what was worked out is not that of the copy."""
        copied = super().model_copy(update=update, deep=deep)
        vars(copied).pop("heads", None)
        return copied

    @cached_property
    def heads(self) -> tuple[ProgrammeHead, ...]:
        """What tells the programmes apart, in their order; reads none of them."""
        later: object = self.programmes
        if isinstance(later, LaterRead):
            return tuple(ProgrammeHead.written(one) for one in later.written)
        return tuple(ProgrammeHead.read(programme) for programme in self.programmes)

    @cached_property
    def _positions(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """Positions of each place's own programmes: asked for at every keystroke."""
        found: dict[tuple[str, str], tuple[int, ...]] = {}
        for number, head in enumerate(self.heads):
            key = (head.region, head.scheme)
            found[key] = (*found.get(key, ()), number)
        return found

    def programme_at(self, region: str, scheme: str, benefit_year: int) -> int | None:
        """Return the position of a place's own programme; None where it has none."""
        own = self._positions.get((region, scheme), ())
        return next((at for at in own if self.heads[at].holds_in(benefit_year)), None)


def written_rules(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Write rules as they stand in a bundle's document.

    The bundle's own serializer writes them, which is there once a bundle was read: that of
    each kind of rule would be built first, for 4 ms each.
    """
    rest: dict[str, Any] = {}
    programme = Programme.model_construct(rules=tuple(rules), **rest)
    bundle = Bundle.model_construct(programmes=(programme,), **rest)
    written = bundle.model_dump(mode="json", by_alias=True, include={"programmes"})
    found: list[dict[str, Any]] = written["programmes"][0]["rules"]
    return found
