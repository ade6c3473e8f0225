"""A key is lent for one act and taken back with it, whether the act was done, failed or dropped."""

import ast
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from medcounter.authoring.document.starting_documents import NewPlaceHead
from medcounter.desk.access.access_records import Approval
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.rules.hall_office import Heard
from medcounter.errors import MedCounterError
from medcounter.store.db.ledger_schema import KINDS
from medcounter.store.ledger.ledger_filter import LedgerFilter
from medcounter.trust.hall.hall_words import words_of
from tests.support.desk import hall_samples
from tests.support.desk.counter_samples import faults_of, issue_seen
from tests.support.store.access_samples import LI, SECRETS, ZHAO, pass_of
from tests.support.store.store_samples import AT
from tests.support.system.destination_at import destination_at

NUMBER = "2025-01-000001"
EARLIER = AT - timedelta(days=1)
WITHOUT_ZONE = datetime(2027, 1, 1, 9, 0)  # what no ledger takes
EVERYTHING = LedgerFilter()
NOWHERE = destination_at(Path("/nowhere/at/all.csv"))


def issue(desk: Desk) -> None:
    draft = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")
    issue_seen(desk, desk.outcome(draft, AT.date()), AT, "click")


def signers(desk: Desk) -> set[str]:
    """Who would sign now, over every kind of event there is."""
    store = desk._store  # noqa: SLF001 - no desk says whose key it holds
    return {store.chain_key.signer_for(kind).public for kind in KINDS}


def export_nowhere(desk: Desk, word: Approval) -> None:
    desk.register.export(NOWHERE, "", EVERYTHING, AT, masked=False, approval=word)


# An act that a supervisor agreed to and that then came to nothing.
FAILING: dict[str, tuple[str, Callable[[Desk, Approval], object]]] = {
    "a void": ("void", lambda desk, word: desk.notices.void(NUMBER, "填错", EARLIER, word)),
    "a void of none": ("void", lambda desk, word: desk.notices.void("2025-01-9", "错", AT, word)),
    "a correction": ("void", lambda desk, word: desk.register.correct(NUMBER, "错", EARLIER, word)),
    "a run": ("void-run", lambda desk, word: desk.register.void_chosen(["9"], "错", AT, word)),
    "a clock": ("clock", lambda desk, word: desk.health.accept_clock(AT, " ", word)),
    "a table": ("export", export_nowhere),
}
# An act whose steps nobody, or nobody to the end, asked for.
DROPPED: dict[str, tuple[str, Callable[[Desk, Approval], object]]] = {
    "an audit file": (
        "export",
        lambda desk, word: desk.register.export_audit(AT, masked=False, approval=word),
    ),
    "an audit file begun": (
        "export",
        lambda desk, word: next(desk.register.export_audit(AT, masked=False, approval=word)),
    ),
    "an erasure": ("erase", lambda desk, word: desk.retention.erase(AT, word)),
    "an erasure done": ("erase", lambda desk, word: list(desk.retention.erase(AT, word))),
}


@pytest.mark.parametrize("what", FAILING)
def test_an_act_that_failed_leaves_nothing_lent(what: str, desk: Desk) -> None:
    issue(desk)
    own = signers(desk)
    act, do = FAILING[what]
    word = desk.access.approve(ZHAO, SECRETS[ZHAO], act, AT)
    with pytest.raises(MedCounterError):
        do(desk, word)
    assert signers(desk) == own
    assert len(own) == 1


@pytest.mark.parametrize("what", DROPPED)
def test_an_act_in_steps_lends_only_while_a_step_is_done(what: str, desk: Desk) -> None:
    issue(desk)
    own = signers(desk)
    act, do = DROPPED[what]
    kept = do(desk, desk.access.approve(ZHAO, SECRETS[ZHAO], act, AT))
    assert signers(desk) == own
    del kept


def test_a_clerks_masked_export_after_a_failed_unmasked_one_is_the_clerks(
    desk: Desk, tmp_path: Path
) -> None:
    issue(desk)
    with pytest.raises(MedCounterError):
        export_nowhere(desk, desk.access.approve(ZHAO, SECRETS[ZHAO], "export", AT))
    desk.register.export(destination_at(tmp_path / "masked.csv"), "", EVERYTHING, AT)
    store = desk._store  # noqa: SLF001 - who signed it
    (row,) = store._ledger.database.query(  # noqa: SLF001 - as above
        "SELECT public FROM event_signature s JOIN event e ON e.id = s.event "
        "WHERE e.kind = 'export'"
    )
    assert store.signatories().people[row["public"]].name == LI
    assert faults_of(desk) == ()


def test_a_word_that_could_not_be_kept_is_signed_by_nobody_else(desk: Desk) -> None:
    own = signers(desk)
    with pytest.raises(MedCounterError):
        desk.access.approve(ZHAO, SECRETS[ZHAO], "void", WITHOUT_ZONE)
    assert signers(desk) == own


def test_a_draft_that_was_not_taken_over_leaves_nothing_lent(folder: Path) -> None:
    desk = Desk.open(folder, AT, who=pass_of(folder, ZHAO))
    number = desk.authoring.begin_new(NewPlaceHead("320200", "", "resident", 2026), AT)
    desk.close(with_backup=False)
    desk = Desk.open(folder, AT, who=pass_of(folder, LI))
    own = signers(desk)
    word = desk.access.approve(ZHAO, SECRETS[ZHAO], "take-over", AT)
    with pytest.raises(MedCounterError):
        desk.authoring.open(number.stored.number, WITHOUT_ZONE, "他休假了", word)
    assert signers(desk) == own
    desk.close(with_backup=False)


def test_a_hall_that_could_not_be_confirmed_leaves_the_recovery_key_to_nobody(
    tmp_path: Path,
) -> None:
    hall_samples.hall_folder(tmp_path / "hall")
    recovery = hall_samples.other_folder(tmp_path / "other")
    with hall_samples.opened(tmp_path / "hall", hall_samples.NAMES[0]) as desk:
        data = desk.hall_office.certificate_file()
        hall = desk.hall_office.offered(data)[-1].hall_key
    with hall_samples.opened(tmp_path / "other", hall_samples.NAMES[2]) as desk:
        own = signers(desk)
        heard = Heard("，".join(words_of(hall)))
        with pytest.raises(MedCounterError):
            desk.hall_office.confirm(data, heard, WITHOUT_ZONE, recovery)
        assert signers(desk) == own


def test_no_act_is_allowed_without_being_done_under_what_was_allowed() -> None:
    """An act outside the permit would be signed by the clerk, and the chain found broken."""
    dropped = [
        f"{path}:{node.lineno}"
        for path in Path("medcounter").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Expr) and re.search(r"access\.require\(", ast.unparse(node))
    ]
    assert dropped == []
