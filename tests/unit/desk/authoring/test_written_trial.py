"""Two places written from announcements by calls alone answer as the shipped rules do.

The shipped rules were written by hand, by another. Held on everybody whom the sample tables of
both drafts know: every figure is the same. What differs is told below, one by one: the shipped
rules doubt what their author found unsaid, and give a remark more.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from medcounter.assess.facts import Facts
from medcounter.authoring.document.starting_documents import NewPlaceHead
from medcounter.authoring.form.reading.refusals import FieldRefusedError
from medcounter.authoring.live.row_outcome import RowOutcome
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.desk import Desk
from tests.support.authoring.draft_author import DraftAuthor
from tests.support.authoring.trial_answers import DOUBTED, doubted_by_shipped
from tests.support.authoring.written_places import write_guangxi, write_wuxi
from tests.support.store.store_samples import AT

KEYS = {"guangxi-2025": 260, "wuxi-2026": 360}


@pytest.fixture
def desk(own_data_dir: Path) -> Iterator[Desk]:
    made = Desk.open(own_data_dir, AT)
    yield made
    made.close(with_backup=False)


PLACES: dict[str, tuple[NewPlaceHead, Callable[[DraftAuthor], None]]] = {
    "guangxi-2025": (NewPlaceHead("450000", "", "resident", 2025), write_guangxi),
    "wuxi-2026": (NewPlaceHead("320200", "", "resident", 2026), write_wuxi),
}


def written(desk: Desk, programme: str) -> DraftAuthor:
    """Write a place at a desk."""
    head, write = PLACES[programme]
    author = DraftAuthor(desk.authoring.begin_new(head, AT), AT)
    write(author)
    return author


def people(draft: OpenDraft) -> dict[Facts, RowOutcome]:
    live = draft.live
    for _ in live.slices():
        if live.has_all_rows:
            break
    assert live.rules.book is not None
    assert live.rules.faults == ()
    return {row.facts: row.now for row in live.table.rows}


@pytest.mark.parametrize("programme", PLACES)
def test_a_place_written_by_session_calls_answers_as_the_shipped_rules_do(
    desk: Desk, programme: str
) -> None:
    author = written(desk, programme)
    assert author.left_empty() == []
    assert author.keys <= KEYS[programme]
    shipped = desk.authoring.begin_from(programme, AT)
    mine, theirs = author.draft.live.rules.book, shipped.live.rules.book
    assert mine is not None
    assert theirs is not None
    everybody = [*people(author.draft), *people(shipped)]
    assert len(set(everybody)) > 100
    doubted = doubted_by_shipped(mine, theirs, everybody, programme)
    assert doubted.keys() == DOUBTED[programme].keys()


def test_each_step_of_the_trial_is_a_version_that_can_be_gone_back_to(desk: Desk) -> None:
    draft = written(desk, "guangxi-2025").draft
    versions = [line for line in draft.history() if line.version is not None]
    assert len(versions) > 25
    assert all(line.words for line in versions)
    document = draft.document
    draft.restore(1, AT)
    assert draft.document.own["rules"] == []
    draft.undo(AT)
    assert draft.document == document


@pytest.mark.parametrize(
    ("rule", "label", "text"),
    [
        ("standard", "金额", "四百多"),
        ("main", "从", "13月40日"),
        ("standard", "来源", "没有的来源"),
    ],
)
def test_what_is_typed_wrong_on_the_way_is_refused_and_nothing_is_lost(
    desk: Desk, rule: str, label: str, text: str
) -> None:
    draft = written(desk, "guangxi-2025").draft
    version = draft.version
    card = next(one for one in draft.form.own_cards if one.rule_id == rule)
    field = next(one for one in card.fields if one.label == label)
    with pytest.raises(FieldRefusedError, match=text):
        draft.change(field.path, text, AT)
    assert draft.version == version
