"""Read a draft into rules at every key, also while it is half filled.

What it inherits is read once; of the draft everything is read that can be. Where
nothing is written yet, a stand-in without a figure keeps the rest answering.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import RESIDENT
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.cards_from_above import paths_of_cards
from medcounter.authoring.live.stand_ins import NO_SOURCE, mended, stand_ins_of
from medcounter.bundle.overlay import narrowed
from medcounter.json_path import JsonPath, parse_path
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import Bundle, Programme, RegionName, Source
from medcounter.rules.checking.check import circles
from medcounter.rules.checking.schema import bundle_schema
from medcounter.rules.code_labels import nearest
from medcounter.rules.inherit import lineage
from medcounter.rules.load import ReadBundle, read_decoded
from medcounter.rules.questions import Rule

LISTS = ("regions", "sources", "programmes", "examples")
_VOCABULARY = ("identities", "events", "answers")


@dataclass(frozen=True, slots=True)
class DraftFault:
    """Something wrong with a draft, where it stands.

    Attributes:
        path: Of the value in the draft's document; empty for the whole.
        text: One Chinese sentence.
    """

    path: JsonPath
    text: str


@dataclass(frozen=True, slots=True)
class InheritedRules:
    """What a draft stands on, read once: the rules above its places, and the head.

    Attributes:
        head: The base bundle's keys that are no lists.
        regions: Names of its places.
        sources: Those that its rules cite.
        programmes: Of the places above, and of the draft's own in other years.
        below: Of the places that inherit from the draft's.
        cards: Id of each rule above that may hold here, to the path of its card.
    """

    head: Mapping[str, Json]
    regions: tuple[RegionName, ...]
    sources: tuple[Source, ...]
    programmes: tuple[Programme, ...]
    below: tuple[Programme, ...] = ()
    cards: Mapping[str, JsonPath] = field(default_factory=dict)

    @classmethod
    def of(cls, payload: bytes, document: PlaceDocument) -> InheritedRules:
        """Take out of a base bundle what a draft may refer to.

        Args:
            payload: The base bundle, sound.
            document: The draft.
        """
        return cls.over(json.loads(payload), document)

    @classmethod
    def over(cls, base: Mapping[str, Json], document: PlaceDocument) -> InheritedRules:
        """Take out of a base bundle's document what a draft may refer to.

        The document stays as it is: whoever reads one for every key of a place's code
        waits for its bytes each time.

        Args:
            base: The document of the base bundle, sound.
            document: The draft.
        """
        # The first fault needs it, and a key should not wait for it.
        bundle_schema()
        parts = [narrowed(base, *place) for place in sorted(_written(document))]
        regions, sources, programmes = (
            list({one[key]: one for part in parts for one in part[name]}.values())
            for name, key in (("regions", "code"), ("sources", "id"), ("programmes", "id"))
        )
        return cls(
            {key: value for key, value in base.items() if key not in LISTS},
            tuple(RegionName.model_validate(one) for one in regions),
            tuple(Source.model_validate(one) for one in sources),
            _programmes(
                {
                    **base,
                    "sources": sources,
                    "programmes": [_own_copy(one) for one in programmes],
                    "examples": [],
                }
            ),
            tuple(_below(base, document)),
            paths_of_cards(document, base),
        )

    def under(self, document: PlaceDocument) -> dict[str, Json]:
        """Return the document of a bundle: the draft first, then what it stands on.

        The draft's lists begin at 0, so that a path in the bundle is one in the draft.
        What may be filled in is copied; the draft stays as it is.
        """
        content = document.content
        known = {str(one.get("code")) for one in _dicts(content, "regions")}
        cited = {str(one.get("id")) for one in _dicts(content, "sources")}
        stands_on: dict[str, Iterable[Json]] = {
            "regions": (one for one in self.regions if one.code not in known),
            "sources": (one for one in self.sources if one.id not in cited),
            "programmes": self.beside(document),
            "examples": (),
        }
        whole: dict[str, Json] = {**self.head, "vocabulary": self._vocabulary(document)}
        for key, others in stands_on.items():
            own = content.get(key, [])
            whole[key] = [*map(_own_copy, own), *others] if isinstance(own, list) else own
        return whole

    def beside(self, document: PlaceDocument) -> tuple[Programme, ...]:
        """List the inherited programmes but for those whose place the draft's take."""
        own = _dicts(document.content, "programmes")
        taken = {key for one in own if (key := _key(one)) is not None}
        return tuple(one for one in self.programmes if _key_of(one) not in taken)

    def untouched_by(self, document: PlaceDocument) -> frozenset[int]:
        """Return where in ``under`` programmes stand that inherit nothing of the draft."""
        written, first = _written(document), len(_list(document.content, "programmes"))
        return frozenset(
            place
            for place, one in enumerate(self.beside(document), first)
            if not any((above, one.scheme) in written for above in lineage(one.region)[1:])
        )

    def _vocabulary(self, document: PlaceDocument) -> dict[str, Json]:
        base = self.head.get("vocabulary", {})
        joined: dict[str, Json] = {}
        for kind in _VOCABULARY:
            own = _list(document.vocabulary, kind)
            codes = {str(one.get("code")) for one in own if isinstance(one, dict)}
            joined[kind] = [*own, *(one for one in base.get(kind, ()) if one["code"] not in codes)]
        return joined


@dataclass(frozen=True, slots=True)
class DraftRules:
    """A draft as rules: what could be read of it, and what is wrong with the rest.

    Attributes:
        book: The rules, with stand-ins where nothing is written yet; None where
            nothing can be read at all.
        at: Position in the book's bundle of the programme that is written; None
            where it cannot be read.
        faults: All that is wrong by shape and by meaning.
        unread: Path of each rule of the draft that could not be read, to the
            question it answers; empty where that is not known.
        stand_ins: Questions that a stand-in answers.
    """

    document: PlaceDocument
    book: RuleBook | None
    at: int | None
    faults: tuple[DraftFault, ...]
    unread: Mapping[JsonPath, str]
    stand_ins: frozenset[str]

    @classmethod
    def of(
        cls, document: PlaceDocument, inherited: InheritedRules, *, may_have_blanks: bool = True
    ) -> DraftRules:
        """Read a draft over what it inherits.

        Args:
            document: The draft.
            inherited: What it stands on.
            may_have_blanks: Whether blanks of ``bundle new`` are looked for.
        """
        found = read_decoded(
            inherited.under(document),
            may_have_blanks=may_have_blanks,
            sound=inherited.untouched_by(document),
        )
        faults = (
            *(DraftFault(parse_path(one.path), one.text) for one in found.faults),
            *_unknown_keys(document),
        )
        if found.faults:
            found = read_decoded(mended(inherited.under(document)))
        if found.bundle is None:
            return cls(document, None, None, faults, _unread(document, None), frozenset())
        bundle, at = found.bundle, _position(found, document)
        if faults:
            bundle = _without_circles(bundle)
        own = None if at is None else bundle.programmes[at]
        unread = _unread(document, own)
        stand_ins: tuple[Rule, ...] = ()
        if at is not None and own is not None:
            stand_ins = tuple(stand_ins_of(bundle, own))
            filled = own.model_copy(update={"rules": (*own.rules, *stand_ins)})
            programmes = (*bundle.programmes[:at], filled, *bundle.programmes[at + 1 :])
            sources = (*bundle.sources, NO_SOURCE) if stand_ins else bundle.sources
            bundle = bundle.model_copy(update={"programmes": programmes, "sources": sources})
            vars(bundle).pop("_positions", None)
        book = RuleBook.open(bundle, "", signed=False, place_name=full_name)
        answered = frozenset(one.question for one in stand_ins)
        return cls(document, book, at, faults, unread, answered)

    @property
    def region(self) -> str:
        """Code of the place."""
        return str(self.document.own.get("region", ""))

    @property
    def scheme(self) -> str:
        """Code of the scheme."""
        return str(self.document.own.get("scheme", RESIDENT))

    @property
    def years(self) -> range:
        """Benefit years of the draft; none where they are not filled in."""
        key = _key(self.document.own)
        return range(0) if key is None else range(key[2], key[3] + 1)

    def compiled(self, benefit_year: int) -> Compiled | None:
        """Return the compiled programme of a year; None if it cannot be read."""
        if self.book is None:
            return None
        return self.book.programme(self.region, self.scheme, benefit_year)

    def rule_path(self, rule_id: str) -> JsonPath:
        """Return where a rule of the draft stands; empty for one it inherits."""
        for number, rule in enumerate(_list(self.document.own, "rules")):
            if isinstance(rule, dict) and rule.get("id") == rule_id:
                return (*self.document.base, "rules", number)
        return ()


def _unknown_keys(document: PlaceDocument) -> Iterator[DraftFault]:
    for key in document.content:
        if key not in LISTS:
            yield DraftFault((key,), f"不认识的键“{key}”。{nearest(key, LISTS)}")


_Key = tuple[str, str, int, int]


def _key(programme: Mapping[str, Json]) -> _Key | None:
    """Return place, scheme, first and last year; None where one is not filled in."""
    years = programme.get("benefit_years")
    if not isinstance(years, dict):
        return None
    found = (programme.get("region"), programme.get("scheme"), years.get("from"), years.get("to"))
    kinds = (str, str, int, int)
    if not all(isinstance(one, kind) for one, kind in zip(found, kinds, strict=True)):
        return None
    return found  # type: ignore[return-value]  # each was just asked for its kind


def _key_of(programme: Programme) -> _Key:
    years = programme.benefit_years
    return programme.region, programme.scheme, years.start, years.end


def _list(part: Mapping[str, Json], key: str) -> list[Json]:
    found = part.get(key)
    return list(found) if isinstance(found, list | tuple) else []


def _dicts(part: Mapping[str, Json], key: str) -> list[dict[str, Json]]:
    return [one for one in _list(part, key) if isinstance(one, dict)]


def _written(document: PlaceDocument) -> set[tuple[str, str]]:
    """Return place and scheme of each programme of a draft that has both."""
    return {
        (one["region"], one["scheme"])
        for one in _dicts(document.content, "programmes")
        if isinstance(one.get("region"), str) and isinstance(one.get("scheme"), str)
    }


def _programmes(document: dict[str, Json]) -> tuple[Programme, ...]:
    found = read_decoded(document, may_have_blanks=False)
    return () if found.bundle is None else found.bundle.programmes


def _below(base: Mapping[str, Json], document: PlaceDocument) -> Iterator[Programme]:
    """Read the programmes of the places that inherit from the one that is written."""
    own, written = document.own, _written(document)
    for one in base["programmes"]:
        inherits = own.get("region") in lineage(one["region"])[1:]
        if (
            inherits
            and one["scheme"] == own.get("scheme")
            and (one["region"], one["scheme"]) not in written
        ):
            yield Programme.model_validate(_own_copy(one))


def _own_copy(programme: Json) -> Json:
    """Copy what reading fills in: the periods, which get their days."""
    if not isinstance(programme, dict) or not isinstance(programme.get("rules"), list):
        return programme
    rules = [
        copy.deepcopy(rule) if isinstance(rule, dict) and rule.get("question") == "window" else rule
        for rule in programme["rules"]
    ]
    return {**programme, "rules": rules}


def _position(found: ReadBundle, document: PlaceDocument) -> int | None:
    """Return where in the bundle the programme stands that is written."""
    if found.rest is None:
        return document.programme
    kept = found.rest.places.get(("programmes",))
    if kept is None:
        return document.programme
    return kept.index(document.programme) if document.programme in kept else None


def _without_circles(bundle: Bundle) -> Bundle:
    """Take out exceptions that lead in a circle, which would be asked for ever."""
    programmes = list(bundle.programmes)
    for at, programme in enumerate(bundle.programmes):
        cut: dict[int, set[int]] = {}
        for fault in circles(bundle, at, programme):
            *_, rule, _key_name, place = parse_path(fault.path)
            cut.setdefault(int(rule), set()).add(int(place))
        if cut:
            rules = list(programme.rules)
            for number, places in cut.items():
                names = rules[number].exception_to
                left = tuple(name for place, name in enumerate(names) if place not in places)
                rules[number] = rules[number].model_copy(update={"exception_to": left})
            programmes[at] = programme.model_copy(update={"rules": tuple(rules)})
    return bundle.model_copy(update={"programmes": tuple(programmes)})


def _unread(document: PlaceDocument, own: Programme | None) -> dict[JsonPath, str]:
    read = {rule.id for rule in own.rules} if own else set[str]()
    found: dict[JsonPath, str] = {}
    for number, rule in enumerate(_list(document.own, "rules")):
        named = rule if isinstance(rule, dict) else {}
        if str(named.get("id")) not in read:
            question = named.get("question")
            path = (*document.base, "rules", number)
            found[path] = question if isinstance(question, str) else ""
    return found
