"""Ledgers of several desks brought together: once each, sealed, contradictions named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.gather.errors import (
    GatherError,
    LedgerForkedError,
    NumberTakenError,
    SealBrokenError,
)
from medcounter.gather.folder import KNOWN, LONGER, NEW, all_notices, gathered, take_in
from medcounter.gather.ledger_file import VOID, read_ledger
from medcounter.store.errors import AuditFileUnreadableError
from tests.counter_samples import HALL, Counter, open_counter


def counter(folder: Path, desk: str) -> Counter:
    opened = open_counter(folder)
    opened.desk.save_settings(replace(HALL, desk=desk))
    return opened


def export(counter: Counter, path: Path) -> Path:
    path.write_bytes(b"".join(counter.desk.export_audit(counter.clock())))
    return path


@pytest.fixture
def goal(tmp_path: Path) -> Path:
    return tmp_path / "county"


def test_two_desks_come_together_with_all_their_notices(tmp_path: Path, goal: Path) -> None:
    for desk, names in (("03", ("吴建国", "吴梅")), ("04", ("王安",))):
        here = counter(tmp_path / desk, desk)
        for name in names:
            here.issue(name)
        told = take_in(goal, export(here, tmp_path / f"{desk}.audit"))
        assert (told.how, told.added) == (NEW, len(names))
        here.desk.close()
    notices = list(all_notices(gathered(goal)))
    assert sorted(one.number for one in notices) == [
        "2025-03-000001",
        "2025-03-000002",
        "2025-04-000001",
    ]
    assert {one.name for one in notices} == {"吴**", "王**"}


def test_the_same_file_again_and_an_older_one_change_nothing(tmp_path: Path, goal: Path) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    first = export(here, tmp_path / "1.audit")
    here.issue("吴梅")
    here.desk.void("2025-03-000001", "重复出单", here.clock())
    second = export(here, tmp_path / "2.audit")
    assert take_in(goal, first).how == NEW
    assert take_in(goal, first).how == KNOWN
    told = take_in(goal, second)
    assert (told.how, told.added) == (LONGER, 1)
    assert take_in(goal, first).how == KNOWN
    (kept,) = gathered(goal)
    assert [(one.number[-1], one.state == VOID) for one in kept.notices] == [
        ("1", True),
        ("2", False),
    ]
    here.desk.close()


def test_a_ledger_that_went_two_ways_is_named_and_not_taken(tmp_path: Path, goal: Path) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    backup = tmp_path / "copy"
    here.desk.close()
    shutil.copytree(tmp_path / "data", backup)
    for folder, name in ((tmp_path / "data", "吴梅"), (backup, "王安")):
        again = Counter(open_counter(folder).desk, issued=5)
        again.clock.move(9)
        again.issue(name)
        export(again, tmp_path / f"{name}.audit")
        again.desk.close()
    take_in(goal, tmp_path / "吴梅.audit")
    kept = [path.read_bytes() for path in goal.iterdir()]
    with pytest.raises(LedgerForkedError, match="条起不一样"):
        take_in(goal, tmp_path / "王安.audit")
    assert [path.read_bytes() for path in goal.iterdir()] == kept


def test_two_laptops_with_one_desk_number_are_found_out(tmp_path: Path, goal: Path) -> None:
    for place in ("a", "b"):
        here = counter(tmp_path / place, "03")
        here.issue("吴建国")
        export(here, tmp_path / f"{place}.audit")
        here.desk.close()
    take_in(goal, tmp_path / "a.audit")
    with pytest.raises(NumberTakenError, match="2025-03-000001"):
        take_in(goal, tmp_path / "b.audit")


@pytest.mark.parametrize("change", ["flip", "cut", "not there", "other file"])
def test_a_file_that_is_not_as_sealed_is_not_taken(tmp_path: Path, goal: Path, change: str) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    path = export(here, tmp_path / "1.audit")
    here.desk.close()
    data = path.read_bytes()
    if change == "flip":
        path.write_bytes(data.replace(b'"clerk', b'"klerk', 1).replace(b"40000", b"00000", 1))
    elif change == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif change == "other file":
        path.write_bytes(b"{}")
    else:
        path.unlink()
    with pytest.raises((AuditFileUnreadableError, GatherError)):
        take_in(goal, path)
    assert not goal.exists()


def test_a_changed_figure_breaks_the_seal(tmp_path: Path) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    path = export(here, tmp_path / "1.audit")
    here.desk.close()
    path.write_bytes(path.read_bytes().replace(b",40000,", b",10000,", 1))
    with pytest.raises(SealBrokenError):
        read_ledger(path)
