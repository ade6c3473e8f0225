"""A draft rolled forward from last year: its questions, its marks, its examples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.rolling.carrying import (
    CarriedRecord,
    RolledPlace,
    carried_figures,
    confirmed,
    unconfirmed,
)
from medcounter.authoring.rolling.example_proposals import (
    accepted_examples,
    dismissed_examples,
    reworked_proposals,
)
from medcounter.authoring.rolling.question_places import without_blanks
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_errors import UnknownQuestionError
from medcounter.authoring.rolling.roll_file import read_roll, roll_bytes
from medcounter.authoring.rolling.roll_records import ExampleProposal, RollQuestion, RollRecord
from medcounter.authoring.rolling.rolling import answered, release_obstacles
from medcounter.desk.authoring.draft_contents import DraftContents
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath
from medcounter.samples.resident_words import resident_words
from medcounter.wording.difference_words import field_word, outcome_word

SEASON = "season"
# What a record says in words; last year's stand until somebody has read them.
SENTENCE_KEYS = ("applies", "fails", "label", "says", "reason")
_AS_BEFORE, _DOUBT_ONLY = "数与上一年度相同", "数与上一年度相同，存疑的不同"


class NotRolledError(MedCounterError):
    """这份草稿不是从上一年度沿用来的，没有要回答和确认的，草稿不变。"""


class CarriedText(NamedTuple):
    """The words of a carried record, for who compares it with the new announcement.

    Attributes:
        path: Where the record stands.
        label: What it is about.
        clause: Where it stands in the announcement, as the draft says now.
        sentences: What residents are told by it, as it was written last year.
        is_old: Whether the clause is still that of last year's announcement.
    """

    path: JsonPath
    label: str
    clause: str
    sentences: tuple[str, ...]
    is_old: bool


class ProposalLine(NamedTuple):
    """One of last year's examples, a year later and worked out anew, in words.

    Attributes:
        id: Of the new example.
        who: The resident.
        paid_on: The payment day.
        what: What comes out otherwise than a year before, or that nothing does.
        differs: Whether anything does.
        refused: Whether it cannot be worked out, and so not be taken.
    """

    id: str
    who: str
    paid_on: str
    what: str
    differs: bool
    refused: bool


class DraftRolling:
    """The questions, marks and examples of a rolled draft that is open."""

    def __init__(self, draft: OpenDraft) -> None:
        """Work on an open draft."""
        self._draft = draft
        self._read: tuple[Json, RollRecord] | None = None

    @property
    def is_rolled(self) -> bool:
        """Whether the draft was rolled forward from last year."""
        return SEASON in self._draft.contents.beside

    @property
    def questions(self) -> tuple[RollQuestion, ...]:
        """What only the new announcement can tell and nobody has answered yet."""
        return tuple(one.question for one in self._roll.open) if self.is_rolled else ()

    @property
    def carried(self) -> tuple[CarriedRecord, ...]:
        """Records not yet compared with the new announcement, by path."""
        draft = self._draft
        return unconfirmed(draft.document, self._roll) if self.is_rolled else ()

    @property
    def figures(self) -> tuple[JsonPath, ...]:
        """Every value that was carried over and not confirmed, by path."""
        draft = self._draft
        return carried_figures(draft.document, self._roll) if self.is_rolled else ()

    def texts(self, paths: Iterable[JsonPath]) -> tuple[CarriedText, ...]:
        """Return the words of the records at some paths that are carried, by path."""
        wanted, document = set(paths), self._draft.document
        found = [one for one in self.carried if one.path in wanted]
        cards = [self._draft.form.card_at(one.path) for one in found]
        # By what the form calls it now: its name when it was rolled tells last year's days.
        return tuple(
            text if card is None else text._replace(label=card.title)
            for text, card in zip(
                (_carried_text(one, document.at(one.path)) for one in found), cards, strict=True
            )
        )

    @property
    def examples(self) -> tuple[ExampleProposal, ...]:
        """Last year's examples, worked out by the draft as it is now; undecided ones."""
        return self._reworked().examples if self.is_rolled else ()

    @property
    def waiting_examples(self) -> int:
        """How many of last year's examples nobody has taken or left yet."""
        return len(self._roll.examples) if self.is_rolled else 0

    @property
    def proposals(self) -> tuple[ProposalLine, ...]:
        """The same in words, for who takes or leaves them; what differs comes first."""
        book = self._draft.live.rules.book
        lines = (_proposal_line(one, book) for one in self.examples)
        return tuple(sorted(lines, key=lambda one: not one.differs))

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done when it was rolled, in sentences."""
        return self._roll.notes if self.is_rolled else ()

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What must be answered before the draft can be released, in sentences."""
        return release_obstacles(self._roll) if self.is_rolled else ()

    def answer(self, key: str, text: str, at: datetime) -> None:
        """Answer a question that is open.

        Args:
            key: Of the question.
            text: As typed: a value, ``=`` as last year, ``>`` a year later; a
                clause after ``#``.
            at: Now.

        Raises:
            MedCounterError: It is no answer to it; or it was not kept.
        """
        roll = self._needed()
        question = next((one for one in self.questions if one.key == key), None)
        if question is None:
            raise UnknownQuestionError(f"没有等着回答的问题“{key}”，没有改动；请刷新后重试。")
        answer = typed_answer(question, text)
        rolled = answered(self._draft.document, roll, key, answer)
        self._keep(rolled, rolled.roll.notes[-1], at)

    def confirm(self, path: JsonPath, clause: str, at: datetime) -> None:
        """Confirm a record against the new announcement.

        Args:
            path: Of the record, or of anything in it.
            clause: Where the new announcement says so.
            at: Now.

        Raises:
            MedCounterError: It is not carried over, something of it is still
                asked, or no clause is given; or it was not kept.
        """
        roll = self._needed()
        labels = [one.mark.label for one in self.carried if path[: len(one.path)] == one.path]
        rolled = confirmed(self._draft.document, roll, path, clause)
        self._keep(rolled, f"照新通知确认：{'、'.join(labels)}（{clause.strip()}）", at)

    def accept_examples(self, ids: Iterable[str], at: datetime) -> None:
        """Accept proposals as examples, with the values computed now.

        Raises:
            MedCounterError: There is no such proposal; or it was not kept.
        """
        chosen = tuple(ids)
        self._needed()
        rolled = accepted_examples(self._draft.document, self._reworked(), chosen)
        self._keep(rolled, f"采用 {len(chosen)} 个重算的算例", at)

    def dismiss_examples(self, ids: Iterable[str], at: datetime) -> None:
        """Dismiss proposals made from last year's examples.

        Raises:
            MedCounterError: It was not kept.
        """
        chosen = tuple(ids)
        roll = dismissed_examples(self._needed(), chosen)
        self._keep(
            RolledPlace(self._draft.document, roll), f"不用 {len(chosen)} 个上年度的算例", at
        )

    def _reworked(self) -> RollRecord:
        """Return the record of the roll, examples by the draft's rules if readable."""
        book = self._draft.live.rules.book
        return self._roll if book is None else reworked_proposals(self._roll, book)

    @property
    def _roll(self) -> RollRecord:
        written = self._draft.contents.beside[SEASON]
        if self._read is None or self._read[0] is not written:
            self._read = written, read_roll(json.dumps(written).encode())
        return self._read[1]

    def _needed(self) -> RollRecord:
        if not self.is_rolled:
            raise NotRolledError
        return self._roll

    def _keep(self, rolled: RolledPlace, words: str, at: datetime) -> None:
        self._draft.keep(with_rolling(self._draft.contents, rolled), words, at)


def _proposal_line(one: ExampleProposal, book: RuleBook | None) -> ProposalLine:
    facts = None if book is None else read_facts(dict(one.facts), book)
    who = resident_words(facts, book) if book and isinstance(facts, Facts) else one.id
    changes = [
        f"{field_word(value.field)} {_shown(value.field, value.moved)} → "
        f"{_shown(value.field, value.new)}"
        for value in one.values
        if value.differs
    ]
    what = one.refused or "；".join(changes) or (_DOUBT_ONLY if one.differs else _AS_BEFORE)
    paid_on = str(one.facts.get("payment_date") or "")
    return ProposalLine(one.id, who, paid_on, what, differs=one.differs, refused=bool(one.refused))


def _shown(field: str, value: Json) -> str:
    if isinstance(value, dict):  # a whole wait, of which last year's example wanted none
        return "有"
    if isinstance(value, bool):
        return "是" if value else "否"
    return outcome_word(field, None if value is None else str(value))


def _carried_text(one: CarriedRecord, record: Mapping[str, Any]) -> CarriedText:
    clause = str(record.get("clause") or "")
    sentences = (without_blanks(str(record[key])) for key in SENTENCE_KEYS if record.get(key))
    return CarriedText(
        one.path, one.mark.label, clause, tuple(sentences), is_old=clause == one.mark.clause
    )


def with_rolling(contents: DraftContents, rolled: RolledPlace) -> DraftContents:
    """Return contents with a rolled document and what stands beside it."""
    beside: Any = json.loads(roll_bytes(rolled.roll))
    return contents.with_document(rolled.document).with_beside(SEASON, beside)
