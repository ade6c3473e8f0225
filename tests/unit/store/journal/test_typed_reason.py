"""A typed reason says what happened; a chain, which forgets nobody, is told no name in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.recovery.rescue import restore_backup
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.store_errors import ReasonNamesSomebodyError
from tests.support.desk.counter_samples import faults_of
from tests.support.store.store_samples import AT

NAME, NUMBER, AGENT = "欧阳缇萦", "11010519491231002X", "司徒灏"
OTHER = "张三"
MEMBER = Draft(region="360000", benefit_year=2025, name=OTHER, id_number="110105194912310038")
RESIDENT = Draft(
    region="360000", benefit_year=2025, name=NAME, id_number=NUMBER, agent=AGENT,
    agent_relation="女儿",
)  # fmt: skip
NAMES_SOMEBODY = [
    f"{NAME}姓名填错",
    "欧阳 缇萦的单",
    "欧阳·缇萦",
    f"号码应为{NUMBER}",
    "号码应为11010519491231002x",
    "110105 19491231 002X 写错",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105-19491231-002×",
    "旧号码 110105491231002",
    "别人的号码 360103196001150021",
    "护照 EA1234567",
]
LAWFUL = [
    "身份填错",
    " 与 2025-01-000001、2025-01-000002 重复 ",
    "2025-01-000001 2025-01-000002",
    "2025-03-05 14:30 与 2025-03-06 09:00 两次",
    "电话 13800138000 打不通",
    "欧阳",
]


@pytest.mark.parametrize("reason", NAMES_SOMEBODY)
def test_a_reason_that_names_somebody_is_refused(reason: str) -> None:
    with pytest.raises(ReasonNamesSomebodyError):
        typed_reason(reason, [(NAME, NUMBER), (NAME, "110105491231002")])


@pytest.mark.parametrize("reason", LAWFUL)
def test_what_names_nobody_is_kept_as_it_was_typed(reason: str) -> None:
    assert typed_reason(reason, [(NAME, NUMBER), ("X", ""), ("", "")]) == reason.strip()


def test_a_latin_name_is_a_word_of_its_own() -> None:
    assert typed_reason("linked twice", [("Lin", "")]) == "linked twice"
    with pytest.raises(ReasonNamesSomebodyError):
        typed_reason("Li Ming twice", [("LI MING", "")])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A household of two, with who came for one of them."""
    desk = Desk.open(tmp_path / "data", AT)
    drafts = (RESIDENT, MEMBER)
    outcomes = tuple(desk.outcome(draft, AT.date()) for draft in drafts)
    seen = {doubt.code for doubt in desk.households.doubts(outcomes, AT)}
    desk.households.issue(outcomes, AT, ("one", "two"), seen, run="")
    return desk


FIRST = "2025-01-000001"
VOIDS: dict[str, Callable[[Desk, str], object]] = {
    "a void": lambda desk, reason: desk.notices.void(FIRST, reason, AT),
    "a correction": lambda desk, reason: desk.register.correct(FIRST, reason, AT),
    "several": lambda desk, reason: desk.register.void_chosen([FIRST], reason, AT),
}
NAMES = {"the resident": NAME, "the number": NUMBER, "who came": AGENT, "the household": OTHER}


@pytest.mark.parametrize("what", VOIDS)
@pytest.mark.parametrize("whose", NAMES)
def test_a_void_that_names_who_it_is_about_is_not_done(what: str, whose: str, desk: Desk) -> None:
    before = desk._store.ledger.head()  # noqa: SLF001 - no desk counts events
    with pytest.raises(ReasonNamesSomebodyError):
        VOIDS[what](desk, f"{NAMES[whose]}填错")
    assert desk._store.ledger.head() == before  # noqa: SLF001 - as above
    VOIDS[what](desk, "填错")
    assert desk.notices.find(FIRST).state == "void"
    assert faults_of(desk) == ()
    desk.close(with_backup=False)


def test_a_run_is_voided_for_no_reason_that_names_one_of_it(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "data", AT)
    for place, draft in enumerate((RESIDENT, MEMBER)):
        outcome = desk.outcome(draft, AT.date())
        seen = {doubt.code for doubt in desk.households.doubts((outcome,), AT)}
        desk.households.issue((outcome,), AT, (f"row-{place}",), seen, run="a1")
    with pytest.raises(ReasonNamesSomebodyError):
        desk.register.void_run(FIRST, f"{OTHER}不在名单上", AT)
    assert len(desk.register.run_of(FIRST).valid) == 2
    desk.close(with_backup=False)


def test_a_clock_and_a_restore_are_told_no_number_either(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReasonNamesSomebodyError):
        desk.health.accept_clock(AT, f"{NUMBER} 等着")
    made = desk.backups.back_up()
    desk.close()
    assert made is not None
    with pytest.raises(ReasonNamesSomebodyError):
        restore_backup(tmp_path / "data", made.name, AT, f"为了 {NUMBER}")


def test_a_draft_of_rules_is_told_no_number_either(desk: Desk) -> None:
    number = desk.authoring.begin_from("wuxi-2026", AT).stored.number
    with pytest.raises(ReasonNamesSomebodyError):
        desk.authoring.remove(number, AT, f"{NUMBER} 说写错了")
    assert [line.number for line in desk.authoring.listed()] == [number]
    desk.close(with_backup=False)
