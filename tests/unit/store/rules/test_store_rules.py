"""The rules in use are those taken in last, verified again at every start."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.bundle.signed_package import Floor
from medcounter.store import store_errors
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger_records import SHIPPED, SYNCED, BundleRecord
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust.roots import Roots
from tests.support.store.store_samples import AT, demo_roots, opened, package, payload, raw

SHIPPED_FIVE = opened(payload(5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = open_store(folder)
    yield made
    made.close(with_backup=False)


def synced(revision: int, publisher: str = "test-rules") -> BundleRecord:
    data = payload(revision, publisher)
    return BundleRecord(publisher, revision, opened(data).sha256, SYNCED, package(data), AT)


def in_use(store: Store, shipped: int = 5) -> tuple[int, str]:
    """Revision and origin of the rules a start would work from."""
    current = store.rules.open_current(opened(payload(shipped)), demo_roots(), AT)
    assert current.opened.bundle.revision == current.record.revision
    return current.record.revision, current.record.origin


def restarted(folder: Path, shipped: int = 5, roots: Roots | None = None) -> tuple[int, str]:
    store = open_store(folder)
    try:
        used = store.rules.open_current(
            opened(payload(shipped)), demo_roots() if roots is None else roots, AT
        )
        return used.record.revision, used.record.origin
    finally:
        store.close(with_backup=False)


def test_a_first_start_takes_the_shipped_rules_in(store: Store) -> None:
    assert store.rules.current() is None
    assert store.rules.floor() is None
    assert in_use(store) == (5, SHIPPED)
    assert store.rules.floor() == Floor("test-rules", 5, SHIPPED_FIVE.sha256)


def test_a_second_start_changes_nothing(store: Store) -> None:
    in_use(store)
    head = store.ledger.head()
    assert in_use(store) == (5, SHIPPED)
    assert store.ledger.head() == head


def test_synced_rules_are_used_from_then_on(store: Store, folder: Path) -> None:
    in_use(store)
    store.rules.install(synced(7), "王")
    assert in_use(store) == (7, SYNCED)
    store.close()
    assert restarted(folder) == (7, SYNCED)


def test_a_program_with_newer_rules_brings_them_in(store: Store) -> None:
    in_use(store)
    store.rules.install(synced(7))
    assert in_use(store, shipped=8) == (8, SHIPPED)
    assert in_use(store, shipped=8) == (8, SHIPPED)


def test_an_older_program_neither_believes_nor_undercuts_what_a_newer_one_brought(
    store: Store,
) -> None:
    """No signature vouches for those rules, and its own are too old."""
    in_use(store, shipped=8)
    with pytest.raises(store_errors.RulesLostError):
        in_use(store, shipped=5)


def test_nobody_makes_rules_count_by_calling_them_shipped(store: Store) -> None:
    """The desk's key, which every clerk holds, wrote it down; a notice came out at 1.00."""
    in_use(store)
    data = payload(999)
    store.rules.install(BundleRecord("test-rules", 999, opened(data).sha256, SHIPPED, data, AT))
    with pytest.raises(store_errors.RulesLostError):
        in_use(store)


def test_rules_of_an_earlier_program_stay_for_replay(store: Store) -> None:
    in_use(store)
    assert in_use(store, shipped=8) == (8, SHIPPED)
    assert store.rules.payload_of(SHIPPED_FIVE.sha256) == payload(5)


def test_another_build_with_the_same_revision_uses_its_own_rules(store: Store) -> None:
    in_use(store)
    rebuilt = opened(payload(5, regions=[{"code": "360000", "name": "江西省"}]))
    used = store.rules.open_current(rebuilt, demo_roots(), AT)
    assert used.opened == rebuilt


def test_rules_of_another_publisher_stay_when_the_program_brings_its_own(store: Store) -> None:
    store.rules.install(synced(1, "other-rules"))
    assert in_use(store) == (1, SYNCED)


@pytest.mark.parametrize("lost", ["row", "database", "file"])
def test_the_bytes_of_the_rules_may_be_lost_in_one_place(folder: Path, lost: str) -> None:
    store = open_store(folder)
    store.rules.install(synced(7))
    store.close(with_backup=False)
    if lost == "row":
        with raw(folder, "rules.db") as database:
            database.execute("DELETE FROM bundle")
    elif lost == "database":
        (folder / "rules.db").write_bytes(b"spoilt" * 1000)
    else:
        next((folder / "bundles").iterdir()).unlink()
    assert restarted(folder) == (7, SYNCED)


def test_changed_bytes_in_the_cache_are_passed_over_for_the_file(folder: Path) -> None:
    store = open_store(folder)
    store.rules.install(synced(7))
    store.close(with_backup=False)
    with raw(folder, "rules.db") as database:
        database.conn.execute("UPDATE bundle SET package = ?", (package(payload(9)),))
    assert restarted(folder) == (7, SYNCED)


def lose_everything(folder: Path) -> None:
    (folder / "rules.db").write_bytes(b"")
    for path in (folder / "bundles").iterdir():
        path.write_bytes(path.read_bytes()[:-2])


def test_lost_rules_are_replaced_by_shipped_ones_that_are_no_older(folder: Path) -> None:
    store = open_store(folder)
    store.rules.install(synced(7))
    store.close(with_backup=False)
    lose_everything(folder)
    assert restarted(folder, shipped=7) == (7, SHIPPED)


def test_lost_rules_are_never_replaced_by_older_ones(folder: Path) -> None:
    store = open_store(folder)
    store.rules.install(synced(7))
    store.close(with_backup=False)
    lose_everything(folder)
    with pytest.raises(store_errors.RulesLostError, match="请重新导入最新的规则包"):
        restarted(folder, shipped=5)


@pytest.mark.parametrize("revision", [900, 10**14])
def test_a_line_that_names_rules_nobody_ever_saw_is_named_with_its_writer(
    folder: Path, revision: int
) -> None:
    """One line by a clerk kept the desk shut, and a cache was said to be damaged."""
    store = open_store(folder)
    in_use(store)
    assert store.rules.lost() is None
    said = {
        "bundle": "test-rules",
        "origin": SYNCED,
        "package_sha256": "0" * 64,
        "revision": revision,
        "sha256": "0" * 64,
    }
    store.note(NewEvent("import", AT, "孙洋", detail=said))
    (found,) = [fault for fault in store.verify() if fault is not None]
    assert found.position == 2
    assert f"“孙洋”）说用过规则第 {revision} 版" in found.text
    store.close(with_backup=False)
    with pytest.raises(store_errors.RulesLostError, match="不到 2 条记录") as refused:
        restarted(folder)
    assert "第 2 条记录（2025-03-05 14:32，“孙洋”）" in refused.value.text
    assert "规则缓存" not in refused.value.text


def test_rules_whose_signers_no_longer_count_are_not_used(folder: Path) -> None:
    store = open_store(folder)
    store.rules.install(synced(7))
    store.close(with_backup=False)
    with pytest.raises(store_errors.RulesLostError):
        restarted(folder, shipped=5, roots=Roots())
    assert restarted(folder, shipped=8, roots=Roots()) == (8, SHIPPED)


def test_the_floor_is_the_newest_ever_even_when_older_rules_came_last(store: Store) -> None:
    store.rules.install(synced(9))
    store.rules.install(synced(7))
    floor = store.rules.floor()
    assert floor is not None
    assert floor.revision == 9


def test_what_was_not_taken_in_leaves_no_trace(store: Store, folder: Path) -> None:
    in_use(store)
    before = sorted(path.name for path in (folder / "bundles").iterdir())
    without_zone = replace(synced(7), installed_at=AT.replace(tzinfo=None))
    with pytest.raises(store_errors.InvalidEntryError):
        store.rules.install(without_zone)
    assert sorted(path.name for path in (folder / "bundles").iterdir()) == before
    assert in_use(store) == (5, SHIPPED)


def test_a_cache_that_breaks_while_open_is_made_anew_by_the_next_sync(
    store: Store, folder: Path
) -> None:
    store.rules.install(synced(7))
    with (folder / "rules.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"spoilt" * 600)
    store._cache.reopen()  # noqa: SLF001 - nothing else drops what SQLite still remembers
    assert in_use(store) == (7, SYNCED)
    store.rules.install(synced(8))
    assert in_use(store) == (8, SYNCED)


def said_of(record: BundleRecord, **changed: object) -> dict[str, object]:
    """What the event says of rules that were taken in, and changed."""
    return {
        "bundle": record.bundle,
        "origin": record.origin,
        "package_sha256": hashlib.sha256(record.package).hexdigest(),
        "revision": record.revision,
        "sha256": record.sha256,
        **changed,
    }


def test_nobody_brings_older_rules_back_by_writing_them_down_again(store: Store) -> None:
    """The bytes of older rules stay for replay; an office signed them, once."""
    in_use(store)
    older, newer = synced(7), synced(8)
    store.rules.install(older)
    store.rules.install(newer)
    store.note(NewEvent("import", AT, "王", detail=said_of(older)))
    assert in_use(store) == (8, SYNCED)
    (told,) = [fault for fault in store.verify() if fault is not None]
    assert told.position == store.ledger.head().position
    assert "“王”" in told.text
    assert "规则第 7 版" in told.text
    assert "第 8 版" in told.text


def test_older_rules_do_not_count_under_a_higher_number(store: Store) -> None:
    in_use(store)
    older = synced(7)
    store.rules.install(older)
    store.rules.install(synced(8))
    store.note(NewEvent("import", AT, "王", detail=said_of(older, revision=9)))
    with pytest.raises(store_errors.RulesLostError) as told:
        in_use(store)
    assert "规则第 9 版，它的内容却是第 7 版" in told.value.text
    assert any("“王”" in fault.text for fault in store.verify() if fault is not None)
