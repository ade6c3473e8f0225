"""A draft's document is reached by path, and never changed where it stands."""

import pytest

from medcounter.authoring.document.document_path import NoSuchPlaceError
from medcounter.authoring.document.place_document import NotAPlaceError, PlaceDocument
from medcounter.strict_json import StrictJsonError

FILE = b"""{
    "regions": [{"code": "990102", "name": "\xe4\xba\x91\xe6\xba\xaa\xe5\x8e\xbf"}],
  "programmes": [ {"id": "one", "rules": [{"id": "a"}, {"id": "b"}]} ]
}
"""
FIRST = ("programmes", 0, "rules", 0, "id")


def test_what_was_not_changed_is_written_as_the_very_bytes_opened() -> None:
    assert PlaceDocument.opened(FILE).written() == FILE


def test_what_was_changed_and_changed_back_is_written_as_the_very_bytes_opened() -> None:
    document = PlaceDocument.opened(FILE)
    there = document.replaced(FIRST, "c")
    assert there.written() != FILE
    assert there.replaced(FIRST, "a").written() == FILE


def test_a_change_leaves_the_document_it_was_made_from() -> None:
    document = PlaceDocument.opened(FILE)
    changed = document.replaced(FIRST, "c")
    assert (document.at(FIRST), changed.at(FIRST)) == ("a", "c")


def test_a_rule_put_in_stands_before_the_one_named_and_can_be_taken_out_again() -> None:
    document = PlaceDocument.opened(FILE)
    longer = document.inserted(("programmes", 0, "rules", 1), {"id": "c"})
    assert [rule["id"] for rule in longer.own["rules"]] == ["a", "c", "b"]
    assert longer.removed(("programmes", 0, "rules", 1)).written() == FILE


def test_codes_of_its_own_stand_beside_the_part_and_not_in_the_file() -> None:
    document = PlaceDocument.opened(FILE).replaced(
        ("vocabulary", "events"), [{"code": "resettled", "label": "搬迁"}]
    )
    assert document.at(("vocabulary", "events", 0, "code")) == "resettled"
    assert document.written() == FILE


@pytest.mark.parametrize(
    "path", [(), ("no",), ("programmes", 1), ("programmes", "id"), (*FIRST, 0)]
)
def test_a_path_that_leads_nowhere_changes_nothing(path: tuple[str | int, ...]) -> None:
    document = PlaceDocument.opened(FILE)
    with pytest.raises(NoSuchPlaceError):
        document.removed(path)
    assert not document.has(path) or path == ()


@pytest.mark.parametrize(("data", "programme"), [(b"[]", 0), (b'{"regions": []}', 0), (FILE, 1)])
def test_a_file_without_the_programme_is_refused(data: bytes, programme: int) -> None:
    with pytest.raises(NotAPlaceError):
        PlaceDocument.opened(data, programme)


def test_a_file_that_is_no_json_is_refused_with_its_place() -> None:
    with pytest.raises(StrictJsonError):
        PlaceDocument.opened(b"{")
