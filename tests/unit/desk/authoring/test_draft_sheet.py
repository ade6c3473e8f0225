"""The sheet of a draft at a desk: whole, and what comes back is kept with the draft."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.sample_table import RowKind, SampleTable
from medcounter.authoring.sign_sheet.sign_errors import ReturnedTableOtherDraftError
from medcounter.desk.authoring import draft_sheet
from medcounter.desk.authoring.draft_sheet import DraftSheet, draft_hash
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.authoring.returned_marks import RETURNED, returned_marks
from medcounter.desk.desk import Desk
from medcounter.destinations import destination
from tests.support.authoring.returned_tables import AMOUNT, FULL, filled
from tests.support.store.store_samples import AT

GUANGXI = "guangxi-2025"


@pytest.fixture
def desk(own_data_dir: Path) -> Iterator[Desk]:
    made = Desk.open(own_data_dir, AT)
    yield made
    made.close(with_backup=False)


@pytest.fixture
def draft(desk: Desk) -> OpenDraft:
    return desk.authoring.begin_from(GUANGXI, AT)


def sent_out(draft: OpenDraft, folder: Path) -> Path:
    path = folder / "审签单.xlsx"
    DraftSheet(draft).made(AT.date()).write_table(destination(path, None, people=False))
    return path


def test_the_sheet_is_of_the_newest_version_and_says_so(draft: OpenDraft) -> None:
    made = DraftSheet(draft).made(AT.date(), "李建国")
    state = made.sheet.state
    assert state.what == f"草稿第 {draft.version} 版"
    assert state.sha256 == draft_hash(draft.document)
    assert state.draft == f"450000-resident-2025-{draft.stored.number}"
    assert (state.reviewer, state.on) == ("李建国", AT.date())
    assert made.sheet.place == "广西壮族自治区"


def test_what_is_typed_while_a_sheet_is_made_is_neither_on_it_nor_in_its_version(
    draft: OpenDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, document = draft.version, draft.document
    amount = next(one for one in draft.form.fields if one.kind == "amount")
    whole_table = draft_sheet._whole_table  # noqa: SLF001 - the part of the work that takes seconds

    def typed_meanwhile(rules: DraftRules, benefit_year: int) -> SampleTable:
        draft.change(amount.path, "4321", AT)
        return whole_table(rules, benefit_year)

    monkeypatch.setattr(draft_sheet, "_whole_table", typed_meanwhile)
    sheet = DraftSheet(draft).made(AT.date()).sheet
    assert draft.version > before
    assert sheet.state.what == f"草稿第 {before} 版"
    assert sheet.state.sha256 == draft_hash(document)
    assert "4321" not in str(sheet)


def test_every_resident_whom_the_rules_tell_apart_is_on_it(draft: OpenDraft) -> None:
    residents = DraftSheet(draft).made(AT.date()).sheet.residents
    assert residents.is_whole
    # The price of the announcement in the window, and that of the whole cost after June.
    assert {"¥400.00", "¥1,070.00"} <= {one.pays for one in residents.rows}
    assert all(one.person and one.paid_on for one in residents.rows)


def test_the_hash_follows_the_rules_and_the_codes_beside_them(draft: OpenDraft) -> None:
    document = draft.document
    before = draft_hash(document)
    changed = document.replaced((*document.base, "id"), "other")
    coded = document.replaced(("vocabulary", "identities"), [{"code": "a", "label": "甲"}])
    assert len({before, draft_hash(changed), draft_hash(coded)}) == 3
    assert draft_hash(document) == before


def test_what_came_back_is_kept_with_the_draft_and_ticked_rows_are_examples(
    draft: OpenDraft, tmp_path: Path
) -> None:
    path = sent_out(draft, tmp_path)
    [table] = DraftSheet(draft).made(AT.date()).tables
    known = len(draft.document.content["examples"])
    new = next(one for one in table.rows if one.kind is RowKind.SAMPLE)
    back = filled(path, {AMOUNT: ("√", ""), FULL: ("×", "应为 1080"), new.id: ("√", "")})
    result = DraftSheet(draft).take_back(back, AT + timedelta(hours=1))
    assert [one.remark for one in result.refused] == ["应为 1080"]
    assert result.ticked == ((*draft.document.base, "rules", 3, "answer", "items", 0, "amount"),)
    examples = draft.document.content["examples"]
    assert len(examples) == known + 1
    assert examples[-1]["facts"]["payment_date"] == new.facts.payment_date.isoformat()
    kept = draft.contents.beside[RETURNED]
    verdicts = {one["row"]: (one["verdict"], one["remark"]) for one in kept["rows"]}
    assert verdicts[AMOUNT] == ("ticked", "")
    assert verdicts[FULL] == ("refused", "应为 1080")
    assert "√ 2 项，× 1 项" in draft.history()[0].words


def test_a_table_of_another_draft_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = sent_out(desk.authoring.begin_from(GUANGXI, AT), tmp_path)
    other = desk.authoring.begin_from("wuxi-2026", AT)
    before = other.version
    with pytest.raises(ReturnedTableOtherDraftError):
        DraftSheet(other).take_back(path, AT)
    assert other.version == before


def test_what_an_office_said_of_a_value_stands_at_it_until_the_value_is_changed(
    draft: OpenDraft, tmp_path: Path
) -> None:
    back = filled(sent_out(draft, tmp_path), {AMOUNT: ("√", ""), FULL: ("×", "应为 1080")})
    DraftSheet(draft).take_back(back, AT)
    marks = returned_marks(draft.contents)
    (refused,) = (path for path, one in marks.items() if one.verdict == "refused")
    assert marks[refused].remark == "应为 1080"
    assert sum(one.verdict == "ticked" for one in marks.values()) == 1
    draft.change(refused, "1080", AT)
    assert refused not in returned_marks(draft.contents)
    assert len(returned_marks(draft.contents)) == len(marks) - 1
