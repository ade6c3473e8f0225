"""What has its shape is checked even where another part has not."""

import pytest

from medcounter.json_path import JsonPath, parse_path
from medcounter.rules.checking.blanks import blank, unfilled
from medcounter.rules.checking.sound_rest import sound_rest
from medcounter.rules.faults import Fault

DOCUMENT = {
    "format": 2,
    "id": "x",
    "colour": "red",
    "vocabulary": {"events": [{"code": "a"}, {"code": "b"}]},
    "sources": [{"id": "one"}, {"id": "two"}, {"id": "three"}],
    "programmes": [
        {"id": "p", "rules": [{"id": "r0"}, {"id": "r1"}, {"id": "r2", "note": ["x"]}]},
        {"id": "q", "region": 1, "rules": [{"id": "q0"}]},
    ],
}


def test_a_path_is_taken_apart() -> None:
    steps: JsonPath = ("programmes", 0, "rules", 12, "when", "of", 1)
    assert parse_path("programmes[0].rules[12].when.of[1]") == steps


def test_the_smallest_record_goes_and_its_name_is_remembered() -> None:
    rest = sound_rest(DOCUMENT, [Fault("programmes[0].rules[1].answer.amount", "x")])
    assert rest is not None
    assert [one["id"] for one in rest.document["programmes"][0]["rules"]] == ["r0", "r2"]
    assert rest.lost == {"r1"}
    assert rest.touched == {0}
    assert DOCUMENT["programmes"][0]["rules"][1] == {"id": "r1"}  # type: ignore[index]  # JSON


def test_a_fault_of_the_rest_is_told_by_its_place_in_the_whole() -> None:
    faults = [Fault("programmes[0].rules[0]", "x"), Fault("sources[1].id", "x")]
    rest = sound_rest(DOCUMENT, faults)
    assert rest is not None
    moved = rest.restored(Fault("programmes[0].rules[1].source", "text", "name"))
    assert moved == Fault("programmes[0].rules[2].source", "text", "name")
    assert rest.restored(Fault("sources[1]", "t")).path == "sources[2]"


def test_a_programme_that_goes_takes_its_rules_along() -> None:
    faults = [Fault("programmes[0].region", "x"), Fault("programmes[0].rules[0].when", "x")]
    rest = sound_rest(DOCUMENT, faults)
    assert rest is not None
    assert [one["id"] for one in rest.document["programmes"]] == ["q"]
    assert rest.lost == {"p", "r0", "r1", "r2"}
    assert not rest.independent(Fault("x", "不认识", "r2"))
    assert rest.independent(Fault("x", "不认识", "elsewhere"))
    assert rest.independent(Fault("x", "前后颠倒"))


def test_where_a_name_itself_is_misshapen_nothing_unknown_is_told() -> None:
    """Whoever refers to the record may have its name right."""
    rest = sound_rest(DOCUMENT, [Fault("vocabulary.events[0].code", "x")])
    assert rest is not None
    assert not rest.independent(Fault("x", "不认识", "elsewhere"))


def test_the_head_is_mended_and_a_term_taken_out() -> None:
    faults = [Fault("id", "x"), Fault("colour", "x"), Fault("vocabulary.events[0].code", "x")]
    rest = sound_rest(DOCUMENT, faults)
    assert rest is not None
    assert "colour" not in rest.document
    assert rest.document["id"] == "unreadable"
    assert rest.document["vocabulary"] == {"events": [{"code": "b"}]}


@pytest.mark.parametrize(
    ("document", "path"),
    [([], ""), (DOCUMENT, ""), (DOCUMENT, "sources"), (DOCUMENT, "vocabulary.events")],
)
def test_where_a_list_is_missing_nothing_can_be_saved(document: object, path: str) -> None:
    assert sound_rest(document, [Fault(path, "x")]) is None


def test_a_blank_says_what_belongs_there_at_its_place() -> None:
    document = {"sources": [{"title": blank("公告标题"), "grade": "A"}], "id": "〔"}
    assert list(unfilled(document)) == [Fault("sources[0].title", "还没有填：公告标题。")]
