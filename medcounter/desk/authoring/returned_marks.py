"""What an office said of each value on the sheet that came back, at that value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from medcounter.authoring.document.path_text import path_of_text, path_text
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.desk.authoring.draft_contents import DraftContents
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath

if TYPE_CHECKING:
    from medcounter.authoring.sign_sheet.sign_result import SignedAnswer

# Under this name a version holds what came back last.
RETURNED = "returned"


class ReturnedMark(NamedTuple):
    """What an office said of a value that still stands as it was sent out.

    Attributes:
        verdict: ``ticked``, ``refused``, or ``open`` for a remark alone.
        remark: What it wrote; may be empty.
    """

    verdict: str
    remark: str


def returned_marks(contents: DraftContents) -> dict[JsonPath, ReturnedMark]:
    """Return what came back of each value that nobody has changed since, by path."""
    kept: Any = contents.beside.get(RETURNED) or {}
    found: dict[JsonPath, ReturnedMark] = {}
    for one in kept.get("rows", ()):
        if "where" not in one:
            continue
        try:
            path = path_of_text(contents.document, one["where"])
        except MedCounterError:
            # The record was taken away.
            continue
        if _value_at(contents.document, path) == one["value"]:
            found[path] = ReturnedMark(one["verdict"], one["remark"])
    return found


def kept_answer(one: SignedAnswer, document: PlaceDocument) -> dict[str, Any]:
    """Write an answer with the value it is about; it ends once that is changed."""
    answer = {"row": one.row_id, "verdict": one.verdict.value, "remark": one.remark}
    if one.path is None:
        return answer
    return {
        **answer,
        "where": path_text(document, one.path),
        "value": _value_at(document, one.path),
    }


def _value_at(document: PlaceDocument, path: JsonPath) -> Any:  # noqa: ANN401 - any value of a draft
    return document.at(path) if document.has(path) else None
