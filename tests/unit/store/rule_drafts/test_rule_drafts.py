"""A rule draft: every change durable, one author at a time, every version to be had again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.rule_drafts import draft_errors
from medcounter.store.rule_drafts.draft_acts import (
    HANDED_OVER,
    WRITING,
    DraftEntry,
    last_run,
)
from tests.support.authoring.rule_draft_samples import FIRST, WUXI, begun, document, kept, said
from tests.support.store.store_samples import AT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = open_store(folder)
    yield made
    made.close(with_backup=False)


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


def test_typing_in_one_field_is_one_step_of_what_is_taken_back(store: Store) -> None:
    number = begun(store).number
    drafts = store.rule_drafts
    for body, field in ((b"a", ["name"]), (b"4", ["fee"]), (b"43", ["fee"]), (b"436", ["fee"])):
        drafts.keep(number, {"document": body}, replace(said("写"), detail={"field": field}))
    assert last_run(drafts.acts(number)) == 3
    for _ in range(3):
        drafts.undo(number, said("撤销"))
    assert document(store, number) == b"a"
    assert last_run(drafts.acts(number)) == 1
    drafts.undo(number, said("撤销"))
    assert last_run(drafts.acts(number)) == 1


def test_acts_that_name_no_field_are_each_a_step(store: Store) -> None:
    number = begun(store).number
    kept(store, number, b"1")
    kept(store, number, b"2")
    assert last_run(store.rule_drafts.acts(number)) == 1


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
    hashed = DraftEntry("李晓", AT, "交复核", {"sha256": "ab"})
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
    assert [(one.number, one.place) for one in store.rule_drafts.listed()] == [
        (second.number, WUXI),
        (first.number, WUXI),
    ]


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
