"""Lay a place's part over a bundle, in place of that place's own rules in it.

A draft is checked, and a hall's rules are read, as if the part stood in the
bundle. Joins documents only; whether they make a sound bundle is for loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from medcounter.assess.facts import RESIDENT
from medcounter.errors import MedCounterError
from medcounter.rules.bundle import ProgrammeHead
from medcounter.rules.inherit import lineage

_VOCABULARY_LISTS = ("identities", "events", "answers")

Document = Mapping[str, Any]


class YearsClashError(MedCounterError):
    """现行规则里已有这个地区、险种的规则，年度只有一部分相同，不能并入；请把年度改成一样。"""


class SourceClashError(MedCounterError):
    """来源的代码在现行规则里已是另一份文件，不能并入；请换一个来源代码。"""


class PlaceNameClashError(MedCounterError):
    """地区代码在现行规则里是另一个名称，不能并入；请核对地区代码和名称。"""


class AddedCodeClashError(MedCounterError):
    """自己加的代码在现行规则里是另一种意思，不能并入；请换一个代码。"""


class IdTakenError(MedCounterError):
    """方案或算例的编号在现行规则里已有别处在用，不能并入；请换一个编号。"""


def laid_over(base: Document, part: Document, vocabulary: Document) -> dict[str, Any]:
    """Lay a part over a bundle, both as documents.

    Args:
        base: A bundle: the nation, the provinces, other places.
        part: Regions, sources, programmes and examples of a place.
        vocabulary: Identities, events and answers that the part's head adds.

    Returns:
        A new document, which shares what did not change. A programme of the
        part takes the place of the one in the bundle for the same place,
        scheme and years.

    Raises:
        YearsClashError: Such a programme shares only some of the years.
        SourceClashError: A source in use elsewhere is told otherwise.
        PlaceNameClashError: A place in use elsewhere is named otherwise.
        AddedCodeClashError: A code of the vocabulary is told otherwise.
        IdTakenError: A programme or example of that id is another place's.
    """
    own = _heads(part)
    kept = [one for one in base.get("programmes", ()) if not _replaced(one, own)]
    examples = [one for one in base.get("examples", ()) if not _retold(one, part, kept)]
    _refuse_taken("方案", kept, part.get("programmes", ()))
    _refuse_taken("算例", examples, part.get("examples", ()))
    used = set(_named("source", [kept, examples]))
    places = {one["region"] for one in kept} | {_place_of(one)[0] for one in examples}
    return {
        **base,
        "vocabulary": _joined_vocabulary(base.get("vocabulary", {}), vocabulary),
        "regions": [
            *_others(base.get("regions", ()), part.get("regions", ()), "code", places),
            *part.get("regions", ()),
        ],
        "sources": [
            *_others(base.get("sources", ()), part.get("sources", ()), "id", used),
            *part.get("sources", ()),
        ],
        "programmes": [*kept, *part.get("programmes", ())],
        "examples": [*examples, *part.get("examples", ())],
    }


def narrowed(base: Document, region: str, scheme: str) -> dict[str, Any]:
    """Leave of a bundle's document only what a place inherits, and its own rules.

    Without examples: what is left is read at each key, and proves nothing.

    Args:
        base: The document of a whole bundle.
        region: Six digits.
        scheme: ``resident`` or ``flexible``.
    """
    chain = lineage(region)
    programmes = [
        one
        for one in base.get("programmes", ())
        if one["region"] in chain and one["scheme"] == scheme
    ]
    used = set(_named("source", programmes))
    return {
        **base,
        "regions": [one for one in base.get("regions", ()) if one["code"] in chain],
        "sources": [one for one in base.get("sources", ()) if one["id"] in used],
        "programmes": programmes,
        "examples": [],
    }


def lying_under(base: Document, region: str, scheme: str) -> dict[str, Any]:
    """Leave of a bundle what a place lies over: what it inherits, nothing of its own."""
    below = narrowed(base, region, scheme)
    others = [one for one in below["programmes"] if one["region"] != region]
    return {**below, "programmes": others}


def _heads(part: Document) -> list[ProgrammeHead]:
    return [ProgrammeHead.written(one) for one in part.get("programmes", ()) if _is_head(one)]


def _is_head(programme: Document) -> bool:
    """Return whether a programme says for which place and years it is."""
    years = programme.get("benefit_years")
    numbers = isinstance(years, dict) and all(
        isinstance(years.get(end), int) for end in ("from", "to")
    )
    return numbers and all(isinstance(programme.get(key), str) for key in ("region", "scheme"))


def _replaced(programme: Document, own: list[ProgrammeHead]) -> bool:
    """Return whether the part tells anew what a programme of the bundle tells."""
    head = ProgrammeHead.written(programme)
    for one in own:
        if (one.region, one.scheme) != (head.region, head.scheme):
            continue
        if (one.first_year, one.last_year) == (head.first_year, head.last_year):
            return True
        if one.first_year <= head.last_year and head.first_year <= one.last_year:
            raise YearsClashError(
                f"现行规则里已有这个地区、险种 {head.first_year} 至 {head.last_year} 年度的规则，"
                f"这里写的是 {one.first_year} 至 {one.last_year} 年度，"
                "只有一部分相同，不能并入；请把年度改成一样。"
            )
    return False


def _retold(example: Document, part: Document, kept: list[Document]) -> bool:
    """Return whether an example goes with what the part tells anew.

    It does where the part tells its year or writes it itself, and where nothing
    else of its place stays: refusals of the years beside it go as well.
    """
    place, year = _place_of(example), example["facts"].get("benefit_year")
    own = [one for one in _heads(part) if (one.region, one.scheme) == place]
    if not own:
        return False
    written = {one.get("id") for one in part.get("examples", ())}
    alone = all((one["region"], one["scheme"]) != place for one in kept)
    return alone or example["id"] in written or any(one.holds_in(year) for one in own)


def _place_of(example: Document) -> tuple[str, str]:
    facts = example["facts"]
    return facts.get("region", ""), facts.get("scheme", RESIDENT)


def _others(
    there: Iterable[Document],
    own: Iterable[Document],
    key: str,
    used: set[str],
) -> Iterator[Document]:
    """List the records of a bundle that the part does not write itself.

    Raises:
        MedCounterError: The part tells one otherwise that is in use elsewhere.
    """
    written = {one.get(key): one for one in own}
    for one in there:
        mine = written.get(one[key])
        if mine is None:
            yield one
        elif mine != one and one[key] in used:
            raise _clash(one, mine)


def _clash(one: Document, mine: Document) -> MedCounterError:
    if "code" in one:
        return PlaceNameClashError(
            f"地区代码 {one['code']} 在现行规则里是“{one['name']}”，"
            f"这里写的是“{mine.get('name')}”，不能并入；请核对地区代码和名称。"
        )
    return SourceClashError(
        f"来源代码“{one['id']}”在现行规则里是《{one['title']}》，别处还在用，"
        "这里写的不是同一份，不能并入；请换一个来源代码。"
    )


def _refuse_taken(what: str, kept: list[Document], own: Iterable[Document]) -> None:
    taken = {one["id"] for one in kept}
    for one in own:
        if one.get("id") in taken:
            raise IdTakenError(
                f"{what}的编号“{one['id']}”在现行规则里已有别处在用，不能并入；请换一个编号。"
            )


def _joined_vocabulary(there: Document, own: Document) -> dict[str, Any]:
    joined: dict[str, Any] = dict(there)
    for name in _VOCABULARY_LISTS:
        known = {one["code"]: one for one in there.get(name, ())}
        for one in own.get(name, ()):
            known_one = known.get(one.get("code"))
            if known_one is not None and known_one != one:
                raise AddedCodeClashError(
                    f"代码“{one['code']}”在现行规则里是“{known_one['label']}”，"
                    f"这里写的是“{one.get('label')}”，不能并入；请换一个代码。"
                )
            if known_one is None:
                joined[name] = [*joined.get(name, ()), one]
    return joined


def _named(key: str, value: object) -> Iterator[str]:
    """List every text that stands under a key, however deep."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _named(key, one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name == key and isinstance(one, str):
                yield one
            else:
                yield from _named(key, one)
