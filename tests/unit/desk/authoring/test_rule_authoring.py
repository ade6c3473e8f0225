"""Drafts at a desk: begun, opened by one, taken over, taken in and written out."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from medcounter.authoring.document.place_document import NotAPlaceError
from medcounter.authoring.document.starting_documents import (
    NewPlaceHead,
    NothingToWriteError,
    ProgrammeUnknownError,
    TooManyProgrammesError,
)
from medcounter.bundle.bundle_errors import PackageFileError
from medcounter.desk.access.access_errors import AuditorLooksOnlyError, SupervisorNeededError
from medcounter.desk.access.desk_access import TAKE_OVER
from medcounter.desk.authoring import authoring_errors
from medcounter.desk.authoring.draft_export import ExportFolderTakenError
from medcounter.desk.authoring.draft_source_files import DraftSourceFiles
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.desk import Desk
from medcounter.destinations import DestinationInDataFolderError
from medcounter.store.rule_drafts.draft_errors import DraftFileUnknownError, RuleDraftLockedError
from medcounter.strict_json import StrictJsonError
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, demo_roots

BUNDLES = Path(__file__).resolve().parents[4] / "resources" / "bundles"
PLACE_OF_ONE_LETTER = json.dumps(
    {
        "programmes": [
            {"region": "x", "scheme": "resident", "benefit_years": {"from": 2026, "to": 2026}}
        ]
    }
).encode()
WUXI = NewPlaceHead("320200", "", "resident", 2026)


@pytest.fixture
def desk(own_data_dir: Path) -> Iterator[Desk]:
    made = Desk.open(own_data_dir, AT)
    yield made
    made.close(with_backup=False)


def test_a_new_draft_is_named_by_the_nations_table_and_is_the_authors(desk: Desk) -> None:
    draft = desk.authoring.begin_new(WUXI, AT)
    (line,) = desk.authoring.listed()
    assert (line.title, line.region, line.year, line.state_label) == (
        "江苏省无锡市",
        "320200",
        2026,
        "编制中",
    )
    assert draft.is_mine
    assert draft.document.own["benefit_years"] == {"from": 2026, "to": 2026}


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        (WUXI._replace(region="3202"), authoring_errors.PlaceCodeError),
        (WUXI._replace(region="99９999"), authoring_errors.PlaceCodeError),
        (WUXI._replace(region="999999"), authoring_errors.PlaceNameMissingError),
        (WUXI._replace(year=2031), authoring_errors.YearWithoutNationError),
    ],
)
def test_what_no_rules_can_be_written_for_is_refused_and_begins_nothing(
    desk: Desk, head: NewPlaceHead, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        desk.authoring.begin_new(head, AT)
    assert desk.authoring.listed() == ()


def test_a_year_that_the_nation_has_not_is_told_with_those_it_has(desk: Desk) -> None:
    with pytest.raises(authoring_errors.YearWithoutNationError) as refused:
        desk.authoring.begin_new(WUXI._replace(year=2024), AT)
    assert "2025 至 2030" in refused.value.text
    assert "没有 2024 年度" in refused.value.text


@pytest.mark.parametrize("programme", ["guangxi-2025", "wuxi-2026", "jiangxi-2026"])
def test_a_draft_of_rules_that_ship_is_their_file_byte_for_byte(desk: Desk, programme: str) -> None:
    draft = desk.authoring.begin_from(programme, AT)
    assert draft.document.written() == (BUNDLES / f"{programme}.json").read_bytes()


def test_a_draft_cannot_start_from_what_is_not_in_use(desk: Desk) -> None:
    with pytest.raises(ProgrammeUnknownError):
        desk.authoring.begin_from("atlantis-2026", AT)


def test_every_place_in_use_but_the_nation_is_offered_to_start_from(desk: Desk) -> None:
    offered = {one.programme: one for one in desk.authoring.starting_places()}
    assert offered["wuxi-2026"].name == "江苏省无锡市"
    assert all(one.region != "000000" for one in offered.values())


def test_two_drafts_of_one_place_name_each_other(desk: Desk) -> None:
    first = desk.authoring.begin_new(WUXI, AT)
    second = desk.authoring.begin_from("wuxi-2026", AT)
    desk.authoring.begin_new(WUXI._replace(year=2027), AT)
    twins = {line.number: line.twins for line in desk.authoring.listed()}
    assert twins[first.stored.number] == (second.stored.number,)
    assert twins[second.stored.number] == (first.stored.number,)
    assert sorted(map(len, twins.values())) == [0, 1, 1]


def test_without_sign_in_rules_are_written_but_not_released(desk: Desk) -> None:
    assert not desk.authoring.may_release
    assert desk.authoring.read_only == ""


def test_who_has_a_draft_open_is_named_and_a_clerk_cannot_take_it(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    locked_folder(folder)
    desk = Desk.open(folder, AT, who=pass_of(folder, ZHAO))
    number = desk.authoring.begin_new(WUXI, AT).stored.number
    assert desk.authoring.may_release
    desk.close(with_backup=False)
    desk = Desk.open(folder, AT, who=pass_of(folder, LI))
    with pytest.raises(RuleDraftLockedError) as refused:
        desk.authoring.open(number, AT)
    assert f"由“{ZHAO}”编制" in refused.value.text
    with pytest.raises(SupervisorNeededError):
        desk.authoring.open(number, AT, "他休假了")
    looking = desk.authoring.look(number)
    assert not looking.is_mine
    approval = desk.access.approve(ZHAO, SECRETS[ZHAO], TAKE_OVER, AT)
    draft = desk.authoring.open(number, AT, "他休假了", approval)
    assert draft.is_mine
    assert "接过来继续编制，原因：他休假了" in [line.words for line in draft.history()]
    desk.close(with_backup=False)


def test_an_auditor_sees_no_draft(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    locked_folder(folder)
    desk = Desk.open(folder, AT, who=pass_of(folder, LI))
    desk.authoring.begin_new(WUXI, AT)
    desk.close(with_backup=False)
    desk = Desk.open(folder, AT, who=pass_of(folder, WANG))
    with pytest.raises(AuditorLooksOnlyError):
        desk.authoring.listed()
    with pytest.raises(AuditorLooksOnlyError):
        desk.authoring.begin_new(WUXI, AT)
    desk.close(with_backup=False)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("notes.txt", "无锡 410 元".encode(), StrictJsonError),
        ("a.json", b"[1, 2]", NotAPlaceError),
        ("a.json", b"{}", NotAPlaceError),
        ("a.json", b'{"programmes": []}', NothingToWriteError),
        ("a.json", b'{"programmes": [3]}', NotAPlaceError),
        ("a.json", b'{"programmes": [{"id": "x"}]}', authoring_errors.PlaceUnsaidError),
        ("a.json", PLACE_OF_ONE_LETTER, authoring_errors.PlaceUnsaidError),
        ("national.json", (BUNDLES / "national.json").read_bytes(), NothingToWriteError),
        ("gone.json", None, PackageFileError),
    ],
)  # fmt: skip
def test_what_is_no_places_rules_is_not_taken_in(
    desk: Desk, tmp_path: Path, name: str, data: bytes | None, refusal: type[Exception]
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(refusal):
        desk.authoring.take_in(path, AT)
    assert desk.authoring.listed() == ()


def test_a_whole_bundle_is_not_taken_in_as_a_hundred_drafts(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(b'{"programmes": [%s]}' % b",".join([b'{"region": "320200"}'] * 21))
    named = tmp_path / "all.json"
    path.rename(named)
    with pytest.raises(TooManyProgrammesError):
        desk.authoring.take_in(named, AT)


def test_an_empty_folder_is_not_taken_in(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToWriteError):
        desk.authoring.take_in(tmp_path, AT)


def test_a_file_taken_in_and_written_out_is_the_same_byte_for_byte(
    desk: Desk, tmp_path: Path
) -> None:
    path = BUNDLES / "wuxi-2026.json"
    (number,) = desk.authoring.take_in(path, AT)
    draft = desk.authoring.look(number)
    names = draft.export(tmp_path / "out", AT.date())
    assert names == ("bundle.json", "320200-resident-2026.json")
    written = (tmp_path / "out" / "320200-resident-2026.json").read_bytes()
    assert written == path.read_bytes()
    (again,) = desk.authoring.take_in(tmp_path / "out", AT)
    assert desk.authoring.look(again).document.written() == path.read_bytes()


def test_the_rules_between_a_place_and_the_nation_are_written_out_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    draft = desk.authoring.begin_new(WUXI._replace(region="360100", year=2026), AT)
    names = draft.export(tmp_path / "out", AT.date())
    assert "above-jiangxi-2026.json" in names
    # They are not what is being written: taken in again it is one draft.
    assert len(desk.authoring.take_in(tmp_path / "out", AT)) == 1


def test_own_words_of_a_folder_go_with_its_draft_and_known_ones_do_not(
    desk: Desk, tmp_path: Path
) -> None:
    head = json.loads((BUNDLES / "bundle.json").read_bytes())
    own = {"code": "own_boat", "label": "是否有船", "kind": "bool"}
    head["vocabulary"]["answers"].append(own)
    (tmp_path / "bundle.json").write_text(json.dumps(head), encoding="utf-8")
    (tmp_path / "wuxi-2026.json").write_bytes((BUNDLES / "wuxi-2026.json").read_bytes())
    (number,) = desk.authoring.take_in(tmp_path, AT)
    assert desk.authoring.look(number).document.vocabulary == {"answers": [own]}


def test_nothing_is_written_over_nor_into_the_data_folder(
    desk: Desk, tmp_path: Path, own_data_dir: Path
) -> None:
    draft = desk.authoring.begin_new(WUXI, AT)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("do not lose me", encoding="utf-8")
    with pytest.raises(ExportFolderTakenError):
        draft.export(taken, AT.date())
    with pytest.raises(ExportFolderTakenError):
        draft.export(taken / "letter.txt", AT.date())
    with pytest.raises(DestinationInDataFolderError):
        draft.export(own_data_dir / "out", AT.date())
    assert [one.name for one in taken.iterdir()] == ["letter.txt"]


def test_rules_that_come_while_a_draft_is_open_are_told_and_nothing_is_lost(
    own_data_dir: Path,
) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    draft = desk.authoring.begin_new(WUXI, AT)
    assert draft.base_news == ""
    before = draft.document

    package = newer_rules(revision=desk.rules.state.revision + 1)
    desk.rules.install(desk.rules.planner(package)(), AT)
    assert "现在用的是第" in draft.base_news
    assert "草稿没有丢失" in draft.base_news
    assert draft.document == before
    draft.take_base(AT + timedelta(minutes=1))
    assert draft.base_news == ""
    assert draft.document == before
    assert "核对过" in draft.history()[0].words
    desk.close(with_backup=False)


def test_an_offices_rules_for_the_drafts_own_place_are_told(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    draft = desk.authoring.begin_new(NewPlaceHead("360000", "", "resident", 2026), AT)
    package = newer_rules(revision=desk.rules.state.revision + 1)
    desk.rules.install(desk.rules.planner(package)(), AT)
    assert "现行规则里已有这个地区、险种和年度的规则" in draft.base_news
    desk.close(with_backup=False)


def test_a_draft_of_a_newer_program_is_not_opened_and_stays(desk: Desk) -> None:
    draft = desk.authoring.begin_new(WUXI, AT)
    number = draft.stored.number
    newer = replace(draft.contents).parts()
    del newer["head"]
    store = desk._store.rule_drafts  # noqa: SLF001 - as another program would write it
    store.keep(number, newer, draft.entry("将来", AT))
    with pytest.raises(authoring_errors.DraftUnreadableError):
        desk.authoring.open(number, AT)
    assert store.parts(number) == newer


def test_a_removed_draft_is_gone_from_the_list(desk: Desk) -> None:
    number = desk.authoring.begin_new(WUXI, AT).stored.number
    desk.authoring.remove(number, AT)
    assert desk.authoring.listed() == ()


def test_notices_go_out_with_the_rules_and_come_in_with_them(desk: Desk, tmp_path: Path) -> None:
    notice = tmp_path / "公告.txt"
    notice.write_text("个人缴费 410 元。", encoding="utf-8")
    draft = desk.authoring.begin_from("wuxi-2026", AT)
    kept = DraftSourceFiles(draft).attach(notice, 0, AT)
    names = draft.export(tmp_path / "out", AT.date())
    assert names[-1] == f"notices/{kept.name}"
    assert (tmp_path / "out" / "notices" / kept.name).read_bytes() == notice.read_bytes()
    other = Desk.open(tmp_path / "other", AT)
    (number,) = other.authoring.take_in(tmp_path / "out", AT)
    brought = DraftSourceFiles(other.authoring.look(number))
    (named,) = brought.files
    assert brought.data(named.file) == notice.read_bytes()
    other.close(with_backup=False)


def test_a_notice_that_is_not_the_one_named_is_not_brought_in(desk: Desk, tmp_path: Path) -> None:
    notice = tmp_path / "公告.txt"
    notice.write_text("个人缴费 410 元。", encoding="utf-8")
    draft = desk.authoring.begin_from("wuxi-2026", AT)
    kept = DraftSourceFiles(draft).attach(notice, 0, AT)
    draft.export(tmp_path / "out", AT.date())
    (tmp_path / "out" / "notices" / kept.name).write_text("个人缴费 1 元。", encoding="utf-8")
    other = Desk.open(tmp_path / "other", AT)
    (number,) = other.authoring.take_in(tmp_path / "out", AT)
    brought = DraftSourceFiles(other.authoring.look(number))
    with pytest.raises(DraftFileUnknownError):
        brought.data(brought.files[0].file)
    other.close(with_backup=False)


def test_a_notice_taken_off_its_source_is_still_in_the_version_before(
    desk: Desk, tmp_path: Path
) -> None:
    notice = tmp_path / "公告.txt"
    notice.write_text("个人缴费 410 元。", encoding="utf-8")
    draft = desk.authoring.begin_from("wuxi-2026", AT)
    files = DraftSourceFiles(draft)
    kept = files.attach(notice, 0, AT)
    files.detach(files.files[0].path, AT)
    assert not files.files
    draft.undo(AT)
    (again,) = files.files
    assert again.file == kept
    assert files.data(kept) == notice.read_bytes()


def test_two_threads_that_ask_what_a_draft_means_at_once_are_given_the_same(desk: Desk) -> None:
    draft = desk.authoring.begin_from("guangxi-2025", AT)
    together = Barrier(2)

    def ask(_: int) -> object:
        together.wait()
        return draft.live

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask, range(2))
    assert first is second is draft.live


def cover_ends_in_november(whole: dict[str, Any]) -> None:
    """Let the nation's cover, which Jiangxi tells itself, end a month earlier."""
    nation = next(one for one in whole["programmes"] if one["id"] == "national-resident")
    ends = next(one for one in nation["rules"] if one["id"] == "cover-end")
    ends["answer"] = {"to": "B:11-30"}


def base_changes_of(draft: OpenDraft) -> tuple[str, ...] | None:
    for _ in draft.live.working_out():
        pass
    comparison = draft.base_comparison()
    return None if comparison is None else comparison()


def test_who_comes_out_otherwise_over_new_rules_is_told_by_name(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    draft = desk.authoring.begin_from("guangxi-2025", AT)
    desk.rules.install(desk.rules.planner(newer_rules(cover_ends_in_november, 2))(), AT)
    draft.lie_over_new()
    changes = base_changes_of(draft)
    assert changes
    assert all("享受待遇" in line for line in changes)
    assert any(line.endswith("2025-11-30") for line in changes)
    # Whose cover began in December has none any more.
    ends = ("2025-11-30", "本年度没有待遇")
    assert [
        line for line in changes if "2025-12-31 → " not in line or not line.endswith(ends)
    ] == []
    draft.take_base(AT + timedelta(minutes=1))
    assert base_changes_of(draft) == (), "from now on it lies over the new rules"
    desk.close(with_backup=False)


def test_new_rules_that_change_nothing_here_change_nobody(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    draft = desk.authoring.begin_from("guangxi-2025", AT)
    desk.rules.install(desk.rules.planner(newer_rules(revision=2))(), AT)
    draft.lie_over_new()
    assert base_changes_of(draft) == ()
    desk.close(with_backup=False)
