"""Ledgers of several desks brought together: once each, sealed, contradictions named."""

import shutil
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from medcounter.gather.desks import confirm, forget
from medcounter.gather.gather_errors import (
    DeskUnknownError,
    GatherError,
    LedgerForkedError,
    SealBrokenError,
)
from medcounter.gather.gathering_folder import (
    KNOWN,
    LONGER,
    NEW,
    SETTLED,
    TakenIn,
    all_notices,
    open_gathering_folder,
)
from medcounter.gather.ledger_file import (
    LedgerFile,
)
from medcounter.store.store_errors import AuditFileUnreadableError
from medcounter.wording.terms import VOID
from tests.faults.inputs.strange_ledgers import end, several
from tests.support.desk.counter_samples import HALL, OPENED_AT, Counter, open_counter
from tests.support.store.gather_samples import read_ledger

OF_BEFORE = Path(__file__).parents[2] / "data" / "ledgers" / "exported-version-1"
SEED = b"s" * 32


def counter(folder: Path, desk: str) -> Counter:
    opened = open_counter(folder)
    opened.desk.save_settings(replace(HALL, desk=desk), opened.clock())
    return opened


def export(counter: Counter, path: Path) -> Path:
    path.write_bytes(b"".join(counter.desk.register.export_audit(counter.clock())))
    return path


def know(destination: Path, *paths: Path) -> None:
    """Confirm the desks of files as somebody does who heard their fingerprints."""
    heard = [(read_ledger(path).ledger.upper().replace(" ", "-"), path.stem) for path in paths]
    confirm(destination, heard, OPENED_AT)


def take_in(destination: Path, path: Path, *, settle: bool = False) -> TakenIn:
    return open_gathering_folder(destination).take_in(path, settle=settle)


def gathered(destination: Path) -> tuple[LedgerFile, ...]:
    return open_gathering_folder(destination).ledgers()


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "gathered"


def test_two_desks_come_together_with_all_their_notices(tmp_path: Path, destination: Path) -> None:
    for desk, names in (("03", ("吴建国", "吴梅")), ("04", ("王安",))):
        here = counter(tmp_path / desk, desk)
        for name in names:
            here.issue(name)
        path = export(here, tmp_path / f"{desk}.audit")
        know(destination, path)
        told = take_in(destination, path)
        assert told.desk.name == desk
        assert (told.how, told.added) == (NEW, len(names))
        here.desk.close()
    notices = list(all_notices(gathered(destination)))
    assert sorted(one.number for one in notices) == [
        "2025-03-000001",
        "2025-03-000002",
        "2025-04-000001",
    ]
    assert {one.name for one in notices} == {"吴**", "王**"}


def test_the_same_file_again_and_an_older_one_change_nothing(
    tmp_path: Path, destination: Path
) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    first = export(here, tmp_path / "1.audit")
    here.issue("吴梅")
    here.desk.notices.void("2025-03-000001", "重复出单", here.clock())
    second = export(here, tmp_path / "2.audit")
    know(destination, first)
    assert take_in(destination, first).how == NEW
    assert take_in(destination, first).how == KNOWN
    told = take_in(destination, second)
    assert (told.how, told.added) == (LONGER, 1)
    assert take_in(destination, first).how == KNOWN
    (kept,) = gathered(destination)
    assert [(one.number[-1], one.state == VOID) for one in kept.notices] == [
        ("1", True),
        ("2", False),
    ]
    here.desk.close()


def test_a_ledger_that_went_two_ways_is_named_and_not_taken(
    tmp_path: Path, destination: Path
) -> None:
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
    know(destination, tmp_path / "吴梅.audit")
    take_in(destination, tmp_path / "吴梅.audit")
    with pytest.raises(LedgerForkedError, match="从第 4 条起不一样"):
        take_in(destination, tmp_path / "王安.audit")
    kept = open_gathering_folder(destination)
    assert kept.ledgers() == ()
    (text,) = kept.contradictions()
    assert "互相矛盾的两份" in text
    # The file that was not there first may be the true one.
    assert take_in(destination, tmp_path / "王安.audit", settle=True).how == SETTLED
    assert {one.name for one in all_notices(gathered(destination))} == {"吴**", "王**"}
    assert open_gathering_folder(destination).contradictions() == ()


def test_two_laptops_with_one_desk_number_are_found_out(tmp_path: Path, destination: Path) -> None:
    for place in ("a", "b"):
        here = counter(tmp_path / place, "03")
        here.issue("吴建国")
        export(here, tmp_path / f"{place}.audit")
        here.desk.close()
    paths = [tmp_path / "a.audit", tmp_path / "b.audit"]
    know(destination, *paths)
    for path in paths:
        take_in(destination, path)
    (text,) = open_gathering_folder(destination).contradictions()
    assert "2025-03-000001 等 1 个" in text
    assert "（a）" in text
    assert "（b）" in text


def test_whoever_was_not_confirmed_is_kept_out_however_good_the_seal(
    tmp_path: Path, destination: Path
) -> None:
    real, forged = tmp_path / "real.audit", tmp_path / "forged.audit"
    for path in (real, forged):
        here = counter(tmp_path / path.stem, "03")
        here.issue("吴建国")
        export(here, path)
        here.desk.close()
    know(destination, real)
    with pytest.raises(DeskUnknownError, match="没有核对过"):
        take_in(destination, forged)
    assert take_in(destination, real).how == NEW
    with pytest.raises(DeskUnknownError):
        take_in(destination, forged)
    assert [one.ledger for one in gathered(destination)] == [read_ledger(real).ledger]
    assert open_gathering_folder(destination).contradictions() == ()


def test_a_folder_of_before_counts_again_once_its_desks_are_confirmed(
    tmp_path: Path, destination: Path
) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    path = export(here, tmp_path / "1.audit")
    here.desk.close()
    ledger = read_ledger(path).ledger
    destination.mkdir()
    shutil.copy(path, destination / f"{ledger.replace(' ', '')}.ledger")
    kept = open_gathering_folder(destination)
    assert kept.ledgers() == ()
    assert ledger in kept.faults[0]
    know(destination, path)
    assert len(gathered(destination)) == 1
    assert forget(destination, ledger).name == "1"
    assert gathered(destination) == ()


def test_a_file_of_0_1_0_is_gathered_and_goes_on_as_one_of_today(
    tmp_path: Path, destination: Path
) -> None:
    """A masked export, then one with whole numbers, then the same ledger by today's program."""
    folder = tmp_path / "data"
    shutil.copytree(OF_BEFORE, folder)
    for name in ("masked.audit", "whole.audit"):
        (folder / name).rename(tmp_path / name)
    know(destination, tmp_path / "masked.audit")
    assert take_in(destination, tmp_path / "masked.audit").added == 3
    assert take_in(destination, tmp_path / "whole.audit").how == LONGER
    here = Counter(open_counter(folder).desk, issued=9)
    here.clock.move(60)
    here.issue("吴梅")
    told = take_in(destination, export(here, tmp_path / "new.audit"))
    here.desk.close()
    assert (told.how, told.added) == (LONGER, 1)
    (kept,) = gathered(destination)
    assert [one.state == VOID for one in kept.notices] == [False, False, True, False]


def test_order_makes_no_difference(tmp_path: Path) -> None:
    """Two desks, one of them in two exports, the other gone two ways, and a stranger."""
    files = several(tmp_path)
    ends = {end(tmp_path / f"gathered-{n}", order) for n, order in enumerate(permutations(files))}
    ((ledgers, contradictions),) = ends
    assert isinstance(ledgers, tuple)
    assert isinstance(contradictions, tuple)
    assert len(ledgers) == len(contradictions) == 1


@pytest.mark.parametrize("change", ["flip", "cut", "not there", "other file"])
def test_a_file_that_is_not_as_sealed_is_not_taken(
    tmp_path: Path, destination: Path, change: str
) -> None:
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
        take_in(destination, path)
    assert gathered(destination) == ()


def test_a_changed_figure_breaks_the_seal(tmp_path: Path) -> None:
    here = counter(tmp_path / "data", "03")
    here.issue("吴建国")
    path = export(here, tmp_path / "1.audit")
    here.desk.close()
    path.write_bytes(path.read_bytes().replace(b",40000,", b",10000,", 1))
    with pytest.raises(SealBrokenError):
        read_ledger(path)
