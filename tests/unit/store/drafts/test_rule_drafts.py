"""A rule draft: every change durable, one author at a time, every version to be had again."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store.db.sqlite import connect
from medcounter.store.drafts import draft_errors
from medcounter.store.drafts.draft_acts import (
    HANDED_OVER,
    WRITING,
    DraftPlace,
    DraftSaid,
    NewRuleDraft,
    RuleDraft,
)
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.store_errors import (
    BackupFailedError,
    DiskFullError,
    StoreError,
    StoreReadOnlyError,
)
from tests.store_samples import AT

WUXI = DraftPlace("320200", "resident", 2026)
FIRST = {"document": b'{"amount": "410.00"}', "marks": b"[]"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = open_store(folder)
    yield made
    made.close(with_backup=False)


def said(words: str, author: str = "李晓", minutes: int = 0) -> DraftSaid:
    return DraftSaid(author, AT + timedelta(minutes=minutes), words)


def begun(store: Store, parts: dict[str, bytes] | None = None) -> RuleDraft:
    return store.rule_drafts.begin(NewRuleDraft(WUXI, "无锡市", parts or FIRST), said("新建"))


def kept(store: Store, number: int, document: bytes, words: str = "改了金额") -> None:
    store.rule_drafts.keep(number, {**FIRST, "document": document}, said(words))


def document(store: Store, number: int, version: int | None = None) -> bytes:
    return store.rule_drafts.parts(number, version)["document"]


def test_listing_drafts_where_there_are_none_makes_no_file(store: Store, folder: Path) -> None:
    assert store.rule_drafts.listed() == ()
    assert store.rule_drafts.read_only == ""
    assert not DataFolder(folder).drafts.exists()


def test_a_draft_is_had_again_by_another_opening_as_it_was_kept(folder: Path) -> None:
    store = open_store(folder)
    number = begun(store).number
    kept(store, number, b'{"amount": "420.00"}')
    store.close(with_backup=False)
    again = open_store(folder)
    (draft,) = again.rule_drafts.listed()
    assert (draft.place, draft.title, draft.version) == (WUXI, "无锡市", 2)
    assert again.rule_drafts.parts(number) == {**FIRST, "document": b'{"amount": "420.00"}'}
    again.close(with_backup=False)


def test_the_file_tells_nothing_without_the_key(store: Store, folder: Path) -> None:
    begun(store)
    lying = DataFolder(folder).drafts.read_bytes()
    assert "无锡市".encode() not in lying
    assert b"410.00" not in lying


def test_the_history_names_who_changed_what_and_when(store: Store) -> None:
    number = begun(store).number
    store.rule_drafts.keep(number, FIRST, said("个人缴费标准：410.00 → 420.00", minutes=7))
    versions = [act for act in store.rule_drafts.acts(number) if act.version]
    assert [(act.version, act.author, act.words) for act in versions] == [
        (1, "李晓", "新建"),
        (2, "李晓", "个人缴费标准：410.00 → 420.00"),
    ]
    assert versions[1].at == AT + timedelta(minutes=7)


def test_undo_goes_back_step_by_step_and_redo_comes_again(store: Store) -> None:
    number = begun(store).number
    for amount in (b"1", b"2", b"3"):
        kept(store, number, amount)
    drafts = store.rule_drafts
    drafts.undo(number, said("撤销"))
    drafts.undo(number, said("撤销"))
    assert document(store, number) == b"1"
    drafts.redo(number, said("重做"))
    assert document(store, number) == b"2"
    drafts.redo(number, said("重做"))
    assert document(store, number) == b"3"
    assert drafts.redo(number, said("重做")) is None
    assert drafts.one(number).version == 8


def test_a_change_after_an_undo_ends_what_could_be_redone(store: Store) -> None:
    number = begun(store).number
    kept(store, number, b"1")
    store.rule_drafts.undo(number, said("撤销"))
    kept(store, number, b"other")
    assert store.rule_drafts.steps(number).redo is None
    store.rule_drafts.undo(number, said("撤销"))
    assert document(store, number) == FIRST["document"]


def test_nothing_lies_before_the_beginning(store: Store) -> None:
    number = begun(store).number
    assert store.rule_drafts.undo(number, said("撤销")) is None
    assert store.rule_drafts.one(number).version == 1


def test_going_back_to_a_version_is_a_new_version_that_can_itself_be_undone(store: Store) -> None:
    number = begun(store).number
    kept(store, number, b"1")
    kept(store, number, b"2")
    act = store.rule_drafts.restore(number, 1, said("改回第 1 版"))
    assert (act.version, act.detail["same_as"]) == (4, 1)
    assert document(store, number) == FIRST["document"]
    store.rule_drafts.undo(number, said("撤销"))
    assert document(store, number) == b"2"
    with pytest.raises(draft_errors.RuleDraftVersionError):
        store.rule_drafts.restore(number, 99, said("改回"))


def test_every_version_of_a_long_history_is_the_one_that_was_kept(store: Store) -> None:
    number = begun(store).number
    whole = [FIRST["document"]]
    for n in range(150):
        text = b"x" * (5000 + n % 7) + str(n).encode() + b"y" * (3000 - n % 5)
        kept(store, number, text)
        whole.append(text)
    assert [document(store, number, n + 1) for n in range(151)] == whole


def test_a_part_may_come_later_and_go_again(store: Store) -> None:
    number = begun(store).number
    drafts = store.rule_drafts
    drafts.keep(number, {**FIRST, "ticks": b"[1]"}, said("核对"))
    drafts.keep(number, {"document": b"x"}, said("去掉"))
    drafts.keep(number, {**FIRST, "ticks": b"[2]"}, said("再核对"))
    assert drafts.parts(number, 2) == {**FIRST, "ticks": b"[1]"}
    assert drafts.parts(number, 3) == {"document": b"x"}
    assert drafts.parts(number) == {**FIRST, "ticks": b"[2]"}


def test_a_draft_that_somebody_has_open_is_not_opened_by_another(store: Store) -> None:
    number = begun(store).number
    with pytest.raises(draft_errors.RuleDraftLockedError) as refused:
        store.rule_drafts.take(number, said("打开", "王芳"))
    assert "从 2025-03-05 14:32 起由“李晓”编制" in refused.value.text
    store.rule_drafts.give_back(number, said("交还"))
    draft = store.rule_drafts.take(number, said("打开", "王芳", 9))
    assert draft.holder is not None
    assert (draft.holder.name, draft.holder.since) == ("王芳", AT + timedelta(minutes=9))
    with pytest.raises(draft_errors.RuleDraftNotHeldError):
        kept(store, number, b"late")


def test_who_had_it_when_the_program_was_killed_goes_on(store: Store) -> None:
    number = begun(store).number
    draft = store.rule_drafts.take(number, said("打开", minutes=30))
    assert draft.holder is not None
    assert draft.holder.since == AT


def test_taking_over_needs_a_reason_and_is_in_the_history_and_in_the_ledger(store: Store) -> None:
    number = begun(store).number
    with pytest.raises(draft_errors.TakeOverReasonError):
        store.rule_drafts.take_over(number, said("接过", "主管"), "  ")
    store.rule_drafts.take_over(number, said("接过", "主管"), "李晓休假")
    last = store.rule_drafts.acts(number)[-1]
    assert last.detail == {"from": "李晓", "reason": "李晓休假"}
    assert store.last_detail("rule-draft")["act"] == "taken-over"
    # What was taken over is not given back by who had it.
    store.rule_drafts.give_back(number, said("交还"))
    holder = store.rule_drafts.one(number).holder
    assert holder is not None
    assert holder.name == "主管"


def test_what_is_with_the_reviewer_is_not_changed_until_it_is_taken_back(store: Store) -> None:
    number = begun(store).number
    hashed = DraftSaid("李晓", AT, "交复核", {"sha256": "ab"})
    draft = store.rule_drafts.settle(number, HANDED_OVER, hashed)
    assert draft.state == HANDED_OVER
    assert draft.state_detail == {"state": HANDED_OVER, "version": 1, "sha256": "ab"}
    for change in (
        lambda: kept(store, number, b"x"),
        lambda: store.rule_drafts.restore(number, 1, said("改回")),
    ):
        with pytest.raises(draft_errors.RuleDraftSettledError):
            change()
    store.rule_drafts.settle(number, WRITING, said("收回"))
    kept(store, number, b"x")


def test_two_drafts_of_one_place_are_both_known(store: Store) -> None:
    first, second = begun(store), begun(store)
    assert [one.number for one in store.rule_drafts.of_place(WUXI)] == [
        second.number,
        first.number,
    ]
    assert store.rule_drafts.of_place(DraftPlace("320200", "resident", 2027)) == ()


def test_a_removed_draft_is_on_no_list_and_its_number_is_not_given_again(store: Store) -> None:
    number = begun(store).number
    with pytest.raises(draft_errors.RuleDraftNotHeldError):
        store.rule_drafts.remove(number, said("删去", "王芳"))
    store.rule_drafts.remove(number, said("删去"))
    assert store.rule_drafts.listed() == ()
    with pytest.raises(draft_errors.RuleDraftUnknownError):
        store.rule_drafts.one(number)
    assert begun(store).number == number + 1


def test_an_attached_file_is_kept_once_and_given_as_it_was(store: Store) -> None:
    digest = store.rule_drafts.attach("公告.pdf", b"%PDF-1.7", said("附上"))
    assert store.rule_drafts.attach("again.pdf", b"%PDF-1.7", said("附上")) == digest
    assert store.rule_drafts.attached(digest) == ("公告.pdf", b"%PDF-1.7")
    with pytest.raises(draft_errors.DraftFileUnknownError):
        store.rule_drafts.attached("0" * 64)


@pytest.mark.parametrize("table", ["rule_draft", "act", "piece", "attached"])
def test_nothing_that_was_kept_is_changed_or_taken_out(store: Store, table: str) -> None:
    store.rule_drafts.attach("公告.pdf", b"%PDF-1.7", said("附上"))
    begun(store)
    column = {"rule_draft": "title", "act": "words", "piece": "middle", "attached": "name"}[table]
    with pytest.raises(Exception, match="kept for ever"):
        store._drafts.database.conn.execute(f"UPDATE {table} SET {column} = {column}")  # noqa: SLF001, S608 - written past the program
    with pytest.raises(Exception, match="kept for ever"):
        store._drafts.database.conn.execute(f"DELETE FROM {table}")  # noqa: SLF001, S608 - written past the program


def written_past(store: Store, folder: Path, *statements: str) -> Store:
    """Change the file as who has its key and knows its triggers could."""
    key = store.data_key
    store.close(with_backup=False)
    database = connect(DataFolder(folder).drafts, key.drafts)
    database.conn.execute("PRAGMA foreign_keys = OFF")
    triggers = database.conn.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        database.conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        database.conn.execute(statement)
    for _, sql in triggers:
        database.conn.execute(sql)
    database.close()
    return open_store(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE act SET author = '别人' WHERE version = 2",
        "UPDATE act SET detail = '{}' WHERE version = 2",
        "DELETE FROM act WHERE id = 2",
        "UPDATE rule_draft SET benefit_year = 2027",
        "INSERT INTO rule_draft VALUES (9, '320200', 'resident', 2026, '无锡市')",
    ],
)
def test_a_row_changed_past_the_program_is_noticed_and_nothing_is_written(
    store: Store, folder: Path, statement: str
) -> None:
    number = begun(store).number
    kept(store, number, b"x")
    again = written_past(store, folder, statement)
    assert "规则草稿与自己的编码不符" in again.rule_drafts.read_only
    with pytest.raises(draft_errors.RuleDraftsBrokenError):
        again.rule_drafts.take(number, said("打开"))
    again.close(with_backup=False)


def test_contents_changed_past_the_program_are_not_given(store: Store, folder: Path) -> None:
    number = begun(store).number
    again = written_past(store, folder, "UPDATE piece SET middle = x'00' WHERE name = 'document'")
    with pytest.raises(draft_errors.RuleDraftsBrokenError):
        again.rule_drafts.parts(number)
    again.close(with_backup=False)


def test_an_older_file_put_back_is_noticed_until_a_supervisor_accepts_it(folder: Path) -> None:
    store = open_store(folder)
    number = begun(store).number
    store.close(with_backup=False)
    path = DataFolder(folder).drafts
    older = path.read_bytes()
    store = open_store(folder)
    kept(store, number, b"x")
    store.rule_drafts.give_back(number, said("交还"))
    store.close(with_backup=False)
    path.write_bytes(older)
    store = open_store(folder)
    assert "比台账记下的少" in store.rule_drafts.read_only
    with pytest.raises(draft_errors.RuleDraftsShortenedError):
        store.rule_drafts.take(number, said("打开"))
    assert document(store, number) == FIRST["document"]
    with pytest.raises(draft_errors.TakeOverReasonError):
        store.rule_drafts.accept(said("确认", "主管"), "")
    store.rule_drafts.accept(said("确认", "主管"), "硬盘坏过，从备份放回")
    kept(store, number, b"y")
    store.close(with_backup=False)
    store = open_store(folder)
    assert store.rule_drafts.read_only == ""
    with pytest.raises(draft_errors.NothingToAcceptError):
        store.rule_drafts.accept(said("确认", "主管"), "再来")
    store.close(with_backup=False)


def test_drafts_that_are_gone_are_noticed(folder: Path) -> None:
    store = open_store(folder)
    begun(store)
    store.close(with_backup=False)
    DataFolder(folder).drafts.unlink()
    store = open_store(folder)
    with pytest.raises(draft_errors.RuleDraftsShortenedError):
        begun(store)
    store.close(with_backup=False)


def test_a_file_of_something_else_harms_no_ledger_and_is_not_touched(folder: Path) -> None:
    store = open_store(folder)
    path = DataFolder(folder).drafts
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(draft_errors.RuleDraftsDamagedError):
        store.rule_drafts.listed()
    assert store.ledger.search().total == 0
    store.close(with_backup=False)
    assert path.read_bytes() == b"no database" * 1000


def test_a_full_disk_keeps_nothing_and_the_draft_goes_on_when_there_is_room(store: Store) -> None:
    number = begun(store).number
    database = store._drafts.database  # noqa: SLF001 - the disk's limit is set past the program
    (pages,) = database.conn.execute("PRAGMA page_count").fetchone()
    database.conn.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DiskFullError):
        kept(store, number, os.urandom(50_000))
    assert store.rule_drafts.one(number).version == 1
    assert document(store, number) == FIRST["document"]
    kept(store, number, os.urandom(50_000))
    assert store.rule_drafts.one(number).version == 2


def test_a_folder_that_cannot_be_written_shows_drafts_and_keeps_none(folder: Path) -> None:
    store = open_store(folder)
    number = begun(store).number
    key = store.data_key
    store.close(with_backup=False)
    looking = Store(DataFolder(folder), None, key)
    looking.open_read_only(StoreReadOnlyError())
    assert [one.number for one in looking.rule_drafts.listed()] == [number]
    assert document(looking, number) == FIRST["document"]
    with pytest.raises(draft_errors.RuleDraftsReadOnlyError):
        kept(looking, number, b"x")
    looking.close(with_backup=False)


def test_a_folder_without_drafts_that_cannot_be_written_has_none(folder: Path) -> None:
    store = open_store(folder)
    key = store.data_key
    store.close(with_backup=False)
    looking = Store(DataFolder(folder), None, key)
    looking.open_read_only(StoreReadOnlyError())
    assert looking.rule_drafts.listed() == ()
    with pytest.raises(StoreError):
        begun(looking)
    assert not DataFolder(folder).drafts.exists()
    looking.close(with_backup=False)


def test_a_copy_is_made_when_the_program_ends_and_stands_in_for_a_lost_file(folder: Path) -> None:
    places = DataFolder(folder)
    store = open_store(folder)
    store.close()
    assert not places.drafts_copy.exists()
    store = open_store(folder)
    number = begun(store).number
    kept(store, number, b"x")
    store.close()
    made = places.drafts_copy.read_bytes()
    assert "无锡市".encode() not in made
    places.drafts.write_bytes(made)
    store = open_store(folder)
    assert store.rule_drafts.read_only == ""
    assert document(store, number) == b"x"
    store.close()
    # Looking alone makes no copy.
    assert places.drafts_copy.read_bytes() == made


def test_a_copy_that_cannot_be_made_leaves_the_one_before(folder: Path) -> None:
    places = DataFolder(folder)
    store = open_store(folder)
    number = begun(store).number
    store.close()
    before = places.drafts_copy.read_bytes()
    store = open_store(folder)
    kept(store, number, b"x")
    (places.backups / "drafts.db.partial").mkdir()
    with pytest.raises(BackupFailedError):
        store.close()
    assert places.drafts_copy.read_bytes() == before
    store = open_store(folder)
    assert document(store, number) == b"x"
    store.close(with_backup=False)
