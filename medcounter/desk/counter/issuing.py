"""Convert between outcomes and the ledger's records when issuing and reading.

Composes notices and turns stored rows into the desk's records. Opens no
database and reads no clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from medcounter.assess import Option
from medcounter.assess.assessment import Assessment
from medcounter.assess.contract import assessment_json, facts_json
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.desk.desk_records import IssuedNotice, LedgerRow
from medcounter.desk.draft.clerk_words import words_on_paper
from medcounter.desk.evaluate.basis import Basis
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.errors import MedCounterError
from medcounter.identity.id_number import mask
from medcounter.identity.names import read_name
from medcounter.settings import Settings
from medcounter.store.ledger_records import (
    LedgerEntry,
    NewNotice,
    Ruling,
    StoredNotice,
)
from medcounter.strict_json import canonical

if TYPE_CHECKING:
    from medcounter.notice.content.notice import Notice

_ERASED = "（已删除）"


class NotIssuableError(MedCounterError):
    """现在还不能出单，没有编号；请按提示补全后重试。"""


class PartyErasedError(MedCounterError):
    """这张通知单保存期满，个人信息和单据已删除，不能查看和打印；金额和编号仍在台账中。"""


def specimen(outcome: Outcome, book: RuleBook, settings: Settings, at: datetime) -> Notice:
    """Compose what would be issued, without a number.

    Raises:
        NotIssuableError: There is no answer to put on paper.
        AnswerOutdatedError: It was computed on another day.
        RulesChangedError: It was computed by other rules than those in use.
    """
    if outcome.chosen is None:
        raise NotIssuableError(outcome.blocked_by or None)
    outcome.basis.require(_basis(outcome.chosen.assessment, book, at))
    return _compose(outcome, outcome.chosen, settings, at)


def to_ledger(
    outcome: Outcome, book: RuleBook, settings: Settings, at: datetime, request_id: str
) -> tuple[NewNotice, Callable[[str], bytes]]:
    """Return what the ledger stores, and what composes its paper.

    Raises:
        NotIssuableError: The outcome may not be issued.
        RulesMissingError: No rules of the place gave the answer.
        AnswerOutdatedError: It was computed on another day.
        RulesChangedError: It was computed by other rules than those in use.
    """
    # Paper is composed for who is issued, which nobody awaits at a start.
    from medcounter.notice.content import snapshot  # noqa: PLC0415 - see above
    from medcounter.notice.content.composing import payable_fee  # noqa: PLC0415 - see above

    chosen = outcome.chosen
    if chosen is None or not outcome.can_issue:
        raise NotIssuableError(outcome.blocked_by or None)
    answer = chosen.assessment
    outcome.basis.require(_basis(answer, book, at))
    fee = payable_fee(answer, chosen.facts.payment_date)
    coverage = answer.coverage
    new = NewNotice(
        request_id=request_id,
        issued_at=at,
        desk=settings.desk,
        clerk=settings.clerk,
        name=outcome.person.name,
        id_number=outcome.person.id_number,
        region=answer.region.code,
        scheme=answer.scheme,
        benefit_year=answer.benefit_year,
        category=answer.category,
        category_label=answer.category_label,
        total=fee.total,
        coverage_start=coverage.start if coverage else None,
        coverage_end=coverage.end if coverage else None,
        ruling=_ruling(chosen, answer),
        replaces=outcome.draft.replaces or None,
    )
    return new, lambda number: snapshot.dump(_compose(outcome, chosen, settings, at, number))


def from_ledger(stored: StoredNotice) -> IssuedNotice:
    """Read a stored notice back.

    Raises:
        PartyErasedError: Its paper was erased.
    """
    from medcounter.notice.content import snapshot  # noqa: PLC0415 - as for to_ledger

    if stored.document is None:
        raise PartyErasedError
    return IssuedNotice(
        notice=snapshot.load(stored.document),
        print_no=stored.prints[-1].print_no,
        state=stored.state,
        prints=len(stored.prints),
        void_reason=stored.void_reason,
        standing=stored.standing,
    )


def ledger_row(entry: LedgerEntry) -> LedgerRow:
    """Return one line of a ledger search as the counter may see it."""
    return LedgerRow(
        number=entry.number,
        issued_at=entry.issued_at,
        name=_ERASED if entry.name is None else entry.name,
        id_masked=mask(entry.id_number or "", entry.issued_at.date()),
        category_label=_identity(entry),
        total=entry.total,
        coverage_start=entry.coverage_start,
        coverage_end=entry.coverage_end,
        state=entry.state,
        prints=entry.prints,
        clerk=entry.clerk,
        standing=entry.standing,
    )


def _identity(entry: LedgerEntry) -> str:
    """Name the identity, and whose rules counted where the hall made them."""
    whose = "（本厅规则）" if entry.standing.hall_rules else ""
    return f"{entry.category_label}{whose}"


def _compose(
    outcome: Outcome, chosen: Option, settings: Settings, at: datetime, number: str | None = None
) -> Notice:
    from medcounter.notice.content.composing import compose  # noqa: PLC0415 - as for to_ledger
    from medcounter.notice.content.notice import Issue, Office, Party  # noqa: PLC0415 - as for to_ledger

    person, draft = outcome.person, outcome.draft
    party = Party(
        name=person.name,
        id_number=person.id_number,
        agent=read_name(draft.agent).text,
        relation=read_name(draft.agent_relation).text,
        whole_id=settings.whole_id,
    )
    office = Office(settings.hall, settings.desk, settings.clerk)
    made = compose(chosen, outcome.options, party, office, Issue(at, number))
    made = replace(made, clerk_words=words_on_paper(draft.clerk_words))
    if not draft.replaces:
        return made
    correcting = f"本单更正编号 {draft.replaces} 的通知单；原单已经作废，请交回。"
    return replace(made, remarks=(correcting, *made.remarks))


def _basis(answer: Assessment, book: RuleBook, at: datetime) -> Basis:
    """Return the day and the rules that an answer would be reckoned with now."""
    asked = answer.region.code, answer.scheme, answer.benefit_year
    return Basis(at.date(), book.hash_for(*asked))


def _ruling(chosen: Option, answer: Assessment) -> Ruling:
    stamp = answer.stamp
    return Ruling(
        bundle=stamp.bundle,
        revision=stamp.revision,
        sha256=stamp.sha256,
        engine=stamp.engine,
        facts=canonical(facts_json(chosen.facts)),
        breakdown=canonical(assessment_json(answer)["fee"]),
    )
