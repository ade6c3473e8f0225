"""The document a draft starts from: new, of the rules in use, or of files.

Gives documents only; which rules they lie over is for the caller. No figure is
invented: a new document has a place and a year, and no rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from medcounter.authoring.document.canonical_layout import laid_out
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import VOCABULARY, NotAPlaceError, PlaceDocument
from medcounter.errors import MedCounterError
from medcounter.places.place_code import NATION
from medcounter.rules.load import HEADER, cited_in
from medcounter.strict_json import read_strict

_LISTS = ("regions", "sources", "programmes", "examples")
_HEAD_KEYS = ("format", "id", "revision")
# More places than a draft or a province's folder has: a whole nation's rules.
MOST_PROGRAMMES = 20


class NothingToWriteError(MedCounterError):
    """这里没有地区的规则，没有导入；请选择一个地区的规则文件，或规则包文件夹。"""


class TooManyProgrammesError(MedCounterError):
    """文件里的方案太多，像是整个规则包，没有导入；请只导入一个地区的文件，或从现行规则里选一个地区开始。"""


class ProgrammeUnknownError(MedCounterError):
    """现行规则里没有这个方案，没有开始；请先列出现行规则里的地区再选。"""


class NewPlaceHead(NamedTuple):
    """What a new document is of.

    Attributes:
        region: Six digits.
        name: Chinese name of the place.
        scheme: ``resident`` or ``flexible``.
        year: The benefit year.
    """

    region: str
    name: str
    scheme: str
    year: int


def new_document(head: NewPlaceHead) -> PlaceDocument:
    """Return a document with a place, a scheme, a year, and no rule."""
    programme = {
        "id": f"{head.region}-{head.scheme}-{head.year}",
        "region": head.region,
        "scheme": head.scheme,
        "benefit_years": {"from": head.year, "to": head.year},
        "payment_days": {"from": "B-1:01-01", "to": "B+1:12-31"},
        "rules": [],
    }
    content = {
        "regions": [{"code": head.region, "name": head.name}],
        "sources": [],
        "programmes": [programme],
        "examples": [],
    }
    return PlaceDocument(b"", content)


def document_of_programme(base: Mapping[str, Any], programme_id: str) -> PlaceDocument:
    """Take one programme out of a bundle, with its place, sources and examples.

    Args:
        base: The document of the whole bundle.
        programme_id: Which.

    Raises:
        ProgrammeUnknownError: There is none of that id.
    """
    programme = next((one for one in base["programmes"] if one["id"] == programme_id), None)
    if programme is None:
        raise ProgrammeUnknownError(
            f"现行规则里没有方案“{programme_id}”，没有开始；请先列出现行规则里的地区再选。"
        )
    examples = [one for one in base.get("examples", ()) if _is_of(one, programme)]
    cited = set(cited_in([programme, examples]))
    content = {
        "regions": [one for one in base["regions"] if one["code"] == programme["region"]],
        "sources": [one for one in base["sources"] if one["id"] in cited],
        "programmes": [programme],
        "examples": examples,
    }
    return PlaceDocument(laid_out(content), content)


def documents_in(files: Mapping[str, bytes]) -> tuple[PlaceDocument, ...]:
    """Return a document for each programme of a place that files hold.

    Args:
        files: File name to bytes: a place's part alone, or a bundle's folder with
            its head, whose own codes go with each document. The nation's part is
            passed over: it comes with the program.

    Raises:
        StrictJsonError: A file is no JSON.
        NotAPlaceError: A file is JSON of something else.
        NothingToWriteError: There is no place in them.
        TooManyProgrammesError: They are a whole bundle's.
    """
    vocabulary = _vocabulary(files)
    found = []
    for name, data in files.items():
        if name == HEADER:
            continue
        content = read_strict(data)
        if not isinstance(content, dict) or not isinstance(content.get("programmes"), list):
            raise NotAPlaceError(
                f"文件“{name}”不是一个地区的规则，没有导入；"
                "请选择一个地区的规则文件，或规则包文件夹。"
            )
        if all(_place(one) == NATION for one in content["programmes"]):
            continue
        if len(content["programmes"]) > MOST_PROGRAMMES:
            raise TooManyProgrammesError
        part, words = _part(data, content), {**vocabulary, **_own_words(content)}
        found += [
            PlaceDocument.opened(part, number, words)
            for number in range(len(content["programmes"]))
        ]
    if not found:
        raise NothingToWriteError
    return tuple(found)


def with_cited_sources(document: PlaceDocument, base: Mapping[str, Any]) -> PlaceDocument:
    """Return a document with the sources of the base that its programme cites."""
    own = {one["id"] for one in document.content.get("sources", ())}
    cited = set(cited_in(document.own)) - own
    more = [one for one in base.get("sources", ()) if one["id"] in cited]
    sources = [*document.content.get("sources", ()), *more]
    return replace(document, content={**document.content, "sources": sources})


def without_known_words(document: PlaceDocument, base: Mapping[str, Any]) -> PlaceDocument:
    """Return a document without the words of a head that the base has as well."""
    known = base.get(VOCABULARY, {})
    own = {
        kind: [one for one in words if one not in known.get(kind, ())]
        for kind, words in document.vocabulary.items()
        if isinstance(words, list)
    }
    return replace(document, vocabulary={kind: words for kind, words in own.items() if words})


def _part(data: bytes, content: Mapping[str, Json]) -> bytes:
    """Return the bytes of a part; a whole bundle in one file loses its head."""
    if any(key in content for key in _HEAD_KEYS):
        return laid_out({key: content[key] for key in _LISTS if key in content})
    return data


def _own_words(content: Mapping[str, Json]) -> Mapping[str, Json]:
    words = content.get(VOCABULARY)
    return words if isinstance(words, dict) else {}


def _vocabulary(files: Mapping[str, bytes]) -> Mapping[str, Json]:
    head = read_strict(files.get(HEADER, b"{}"))
    return _own_words(head) if isinstance(head, dict) else {}


def _place(programme: Json) -> str:
    return str(programme.get("region")) if isinstance(programme, dict) else ""


def _is_of(example: Mapping[str, Any], programme: Mapping[str, Any]) -> bool:
    facts, years = example["facts"], programme["benefit_years"]
    same = (facts.get("region"), facts.get("scheme", "resident")) == (
        programme["region"],
        programme["scheme"],
    )
    year = facts.get("benefit_year")
    return same and isinstance(year, int) and years["from"] <= year <= years["to"]
