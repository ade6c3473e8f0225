"""A place in a draft is written by the names of its records and found again by them."""

import json
from pathlib import Path

import pytest

from medcounter.authoring.document.path_text import PathUnknownError, path_of_text, path_text
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.place_form import form_of

PART = {
    "regions": [{"code": "320200", "name": "无锡市"}],
    "sources": [{"id": "notice", "title": "通知"}],
    "programmes": [
        {
            "id": "wuxi",
            "benefit_years": {"from": 2026, "to": 2026},
            "rules": [
                {"id": "main", "answer": {"from": "2025-09-01"}},
                {"id": "twice", "answer": {"items": [{"code": "a"}, {"code": "a"}]}},
            ],
        }
    ],
    "examples": [{"id": "7", "facts": {}}],
}
DOCUMENT = PlaceDocument.opened(json.dumps(PART).encode())
BUNDLES = Path(__file__).resolve().parents[3] / "resources" / "bundles"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("rules/main/answer/from", ("programmes", 0, "rules", 0, "answer", "from")),
        ("rules/0/answer/from", ("programmes", 0, "rules", 0, "answer", "from")),
        ("/rules/main/", ("programmes", 0, "rules", 0)),
        ("benefit_years/to", ("programmes", 0, "benefit_years", "to")),
        ("sources/notice/title", ("sources", 0, "title")),
        ("regions/320200/name", ("regions", 0, "name")),
        ("rules/twice/answer/items/1", ("programmes", 0, "rules", 1, "answer", "items", 1)),
        ("rules/main/when/of/0/test", ("programmes", 0, "rules", 0, "when", "of", 0, "test")),
        ("accepted", ("programmes", 0, "accepted")),
    ],
)
def test_a_place_is_found_by_the_names_on_the_way(text: str, path: tuple[str | int, ...]) -> None:
    assert path_of_text(DOCUMENT, text) == path


@pytest.mark.parametrize("text", ["", "/", "nonsense/1", "rules/late/answer", "sources/other"])
def test_a_place_that_begins_with_nothing_there_is_refused(text: str) -> None:
    with pytest.raises(PathUnknownError):
        path_of_text(DOCUMENT, text)


def test_a_name_that_two_records_have_is_not_used() -> None:
    path = ("programmes", 0, "rules", 1, "answer", "items", 1, "code")
    assert path_text(DOCUMENT, path) == "rules/twice/answer/items/1/code"


def test_a_name_of_digits_is_not_taken_for_a_number() -> None:
    assert path_text(DOCUMENT, ("examples", 0, "facts")) == "examples/0/facts"
    assert path_of_text(DOCUMENT, "examples/7/facts") == ("examples", 0, "facts")


@pytest.mark.parametrize("programme", ["guangxi-2025", "wuxi-2026", "jiangxi-2026"])
def test_every_field_of_a_shipped_form_is_found_by_what_is_shown_beside_it(programme: str) -> None:
    document = PlaceDocument.opened((BUNDLES / f"{programme}.json").read_bytes())
    paths = [field.path for field in form_of(document).fields]
    assert len(paths) > 100
    assert [path_of_text(document, path_text(document, path)) for path in paths] == paths
