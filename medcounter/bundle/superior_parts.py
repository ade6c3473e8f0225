"""The rules of the places above, taken from what ships with the program.

A folder's head names the places (``"inherits": ["430000"]``); each of their programmes
becomes a part of the folder, as the national part does, and is never copied by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from medcounter.paths import resource
from medcounter.places.place_code import NATION, is_code
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import ProgrammeHead
from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.inherit import lineage
from medcounter.rules.load import HEADER, cited_in
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.wording.terms import SCHEMES

INHERITS_KEY = "inherits"
_PLACE = f"{HEADER}，{INHERITS_KEY}"
_WORDS = ("identities", "events", "answers")
_Json = dict[str, Any]


class Superior(NamedTuple):
    """A place above for which rules ship, of one scheme.

    Attributes:
        answers: Each benefit year they speak of, with the questions they answer then.
    """

    code: str
    answers: Mapping[int, frozenset[str]]

    @property
    def named(self) -> str:
        """The place for a sentence, with its code."""
        return f"{full_name(self.code)}（{self.code}）"


def superiors(region: str, scheme: str) -> tuple[Superior, ...]:
    """List the places above one, nearest first, for which rules ship; not the nation."""
    found: dict[str, dict[int, frozenset[str]]] = {}
    for programme in _shipped()["programmes"]:
        head = ProgrammeHead.written(programme)
        if head.scheme == scheme:
            years = range(head.first_year, head.last_year + 1)
            found.setdefault(head.region, {}).update(dict.fromkeys(years, head.questions))
    above = [code for code in lineage(region)[1:] if code != NATION and code in found]
    return tuple(Superior(code, found[code]) for code in above)


def superior_parts(named: object, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts that a head names, by file name.

    Args:
        named: The codes of places above, as the head has them.
        parts: The files of the folder and the nation's, which may be misshapen.

    Raises:
        BundleUnreadableError: It is no list of codes, or a place has no rules that
            a programme of the folder inherits.
    """
    if not isinstance(named, list) or not all(
        isinstance(one, str) and is_code(one) for one in named
    ):
        text = (
            f"inherits 写的是 {json.dumps(named, ensure_ascii=False)}，应是上级地区代码的列表，"
            '如 ["430000"]；不沿用程序带的上级规则的，写 []。'
        )
        raise BundleUnreadableError([Fault(INHERITS_KEY, text, place=_PLACE)])
    heads = list(_own_heads(parts))
    known = [*_read(parts)]
    found: dict[str, bytes] = {}
    for code in dict.fromkeys(named):
        taken = [one for one in _shipped()["programmes"] if _is_inherited(one, code, heads)]
        if not taken:
            text = (
                f"程序没有带 {full_name(code) or code}（{code}）的、这里的方案能沿用的规则；"
                "请核对代码、险种和待遇年度，或从 inherits 里删去。"
            )
            raise BundleUnreadableError([Fault(INHERITS_KEY, text, place=_PLACE)])
        for programme in taken:
            part = _part(programme, known)
            known.append(part)
            found[f"above-{programme['id']}.json"] = canonical(part)
    return found


def with_words(head: Mapping[str, Any], above: Iterable[bytes]) -> _Json:
    """Return a head with the words of the shipped rules that parts from above use."""
    written = b"".join(above)
    own = head.get("vocabulary")
    joined: _Json = dict(own) if isinstance(own, dict) else {}
    for kind in _WORDS:
        mine = list(joined.get(kind, ()))
        codes = {one.get("code") for one in mine if isinstance(one, dict)}
        used = [
            one
            for one in _shipped().get("vocabulary", {}).get(kind, ())
            if one["code"] not in codes and one["code"].encode() in written
        ]
        if used:
            joined[kind] = [*used, *mine]
    return {**head, "vocabulary": joined}


def forgotten(parts: Mapping[str, bytes]) -> tuple[Fault, ...]:
    """List the places above whose rules ship and nobody takes or refuses.

    Args:
        parts: The files of the folder, with those that the program brings.
    """
    heads = list(_own_heads(parts))
    here = {(head.region, head.scheme) for head in heads}
    faults: dict[tuple[str, str], Fault] = {}
    for head in heads:
        for one in superiors(head.region, head.scheme):
            years = sorted(year for year in one.answers if head.holds_in(year))
            if not years or (one.code, head.scheme) in here:
                continue
            span = "、".join(map(str, years))
            text = (
                f"程序带有{one.named}{SCHEMES[head.scheme]} {span} 年度的规则，这里没有沿用，"
                f'本地没有写的只照全国规则。要沿用，写 "inherits": ["{one.code}"]；'
                '确实不沿用，写 "inherits": []。'
            )
            fault = Fault(INHERITS_KEY, text, place=_PLACE)
            faults.setdefault((one.code, head.scheme), fault)
    return tuple(faults.values())


@lru_cache(maxsize=1)
def _shipped() -> _Json:
    """Return the document of the rules that ship."""
    found: _Json = json.loads(resource("bundle.json").read_bytes())
    return found


def _read(parts: Mapping[str, bytes]) -> Iterator[_Json]:
    for name, data in parts.items():
        try:
            part = read_strict(data)
        except StrictJsonError:
            continue
        if name != HEADER and isinstance(part, dict):
            yield part


def _own_heads(parts: Mapping[str, bytes]) -> Iterator[ProgrammeHead]:
    """Yield what tells a folder's programmes apart; misshapen ones say nothing."""
    for part in _read(parts):
        programmes = part.get("programmes")
        for one in programmes if isinstance(programmes, list) else ():
            try:
                yield ProgrammeHead.written({**one, "rules": ()})
            except (KeyError, TypeError):
                continue


def _is_inherited(programme: _Json, code: str, heads: Iterable[ProgrammeHead]) -> bool:
    one = ProgrammeHead.written(programme)
    return one.region == code and any(
        head.scheme == one.scheme
        and code in lineage(head.region)[1:]
        and any(one.holds_in(year) for year in range(head.first_year, head.last_year + 1))
        for head in heads
    )


def _part(programme: _Json, known: Iterable[Mapping[str, Any]]) -> _Json:
    """Return a programme with the place and the sources that nothing else brings."""
    places = {one.get("code") for part in known for one in _records(part, "regions")}
    sources = {one.get("id") for part in known for one in _records(part, "sources")}
    cited = set(cited_in(programme)) - sources
    shipped = _shipped()
    return {
        "regions": [
            one
            for one in shipped["regions"]
            if one["code"] == programme["region"] and one["code"] not in places
        ],
        "sources": [one for one in shipped["sources"] if one["id"] in cited],
        "programmes": [programme],
    }


def _records(part: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = part.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
