"""The whole form of a draft: every rule and record of its programme as a card.

A view of the document and nothing more: it holds no value of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from medcounter.authoring.document.document_path import Json, objects_in
from medcounter.authoring.document.place_document import VOCABULARY, PlaceDocument
from medcounter.authoring.form.cards_from_above import (
    INHERITED,
    inherited_at,
    inherited_card,
    missing_nation,
    standing_above,
)
from medcounter.authoring.form.form_building import FormBuilder
from medcounter.authoring.form.form_names import NO_BASE, FormNames
from medcounter.authoring.form.form_records import CardOffer, FormSection, PlaceForm, RuleCard
from medcounter.authoring.form.form_sections import (
    ASKS,
    CONFLICTS,
    DROPS,
    EXAMPLES,
    MISSING,
    PLACE,
    PROOF,
    SECTION_TITLES,
    SOURCES,
    TELL,
    section_of,
    section_of_card,
)
from medcounter.authoring.form.inheritance import own_list, own_rules, years_of
from medcounter.authoring.form.kept_cards import KeptCards
from medcounter.authoring.form.makers.section_offers import offers_of
from medcounter.authoring.form.record_titles import record_title
from medcounter.authoring.form.rule_cards import REMOVE, rule_card
from medcounter.authoring.form.shapes.form_shapes import Shape
from medcounter.authoring.form.shapes.record_shapes import (
    ACCEPTED,
    ADVICE,
    ANSWER_TERM,
    ASKED,
    CONFLICT,
    DROP,
    EXAMPLE,
    PROGRAMME,
    REGION,
    SOURCE,
    TERM,
)
from medcounter.json_path import JsonPath

_LISTS_OF_PROGRAMME = (
    "asks",
    "rules",
    "where_missing",
    "drops",
    "advice",
    "conflicts",
    "accepted",
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record of the draft with its section and shape; a rule has no shape."""

    section: str
    path: JsonPath
    record: Any
    shape: Shape | None = None
    title: str = ""


def form_of(
    document: PlaceDocument,
    base: Mapping[str, Any] = NO_BASE,
    revealed: frozenset[JsonPath] = frozenset(),
    kept: KeptCards | None = None,
) -> PlaceForm:
    """Show a draft as a form.

    Args:
        document: The draft.
        base: Document of the bundle it lies over, without the draft's own
            programme: the nation, the provinces.
        revealed: Fields to show though nothing stands there yet: offered by
            ``fill``.
        kept: Cards of the form before; those of the same draft are taken from there.
    """
    names = FormNames(document, base, revealed)
    kept = KeptCards() if kept is None else kept
    kept.begin(names)
    cards: dict[str, list[RuleCard]] = {key: [] for key in SECTION_TITLES}
    for section, card in _own_cards(names, kept=kept):
        cards[section].append(card)
    for one in standing_above(names):
        path = (INHERITED, *one.path)
        card = kept.card(path, one.rule, partial(inherited_card, names, one))
        cards[section_of_card(card)].append(card)
    notes = {PLACE: missing_nation(names)}
    sections = tuple(
        FormSection(key, title, tuple(cards[key]), offers_of(key), notes.get(key, ""))
        for key, title in SECTION_TITLES.items()
    )
    own = document.own
    region = str(own.get("region", ""))
    first, last = years_of(document)
    return PlaceForm(region, place_name(names), str(own.get("scheme", "")), first, last, sections)


def place_name(names: FormNames) -> str:
    """Name the place of a draft; its code where nobody has named it."""
    region = names.document.own.get("region", "")
    for content in (names.document.content, names.base):
        for _, one in objects_in(content.get("regions")):
            if one.get("code") == region:
                return str(one.get("name", region))
    return str(region)


def card_at(document: PlaceDocument, path: JsonPath, base: Mapping[str, Any] = NO_BASE) -> RuleCard:
    """Build the one card in which a path lies.

    Raises:
        NoSuchPlaceError: No card shows it.
    """
    names = FormNames(document, base, frozenset({path}))
    if (above := inherited_at(names, path)) is not None:
        return inherited_card(names, above)
    found = [card for _, card in _own_cards(names, path)]
    if not found:
        document.at((*path, ""))
    return found[0]


def _own_cards(
    names: FormNames, only: JsonPath | None = None, kept: KeptCards | None = None
) -> Iterator[tuple[str, RuleCard]]:
    """Build the cards of what the draft says; only that of a path where one is given."""
    base = names.document.base
    if only is None or (only[: len(base)] == base and not _in_a_list(only, base)):
        yield PLACE, _programme_card(names)
    for entry in _entries(names.document):
        if only is None or only[: len(entry.path)] == entry.path:
            build = partial(_card_of, names, entry)
            card = build() if kept is None else kept.card(entry.path, entry.record, build)
            yield entry.section, card


def _card_of(names: FormNames, entry: _Entry) -> RuleCard:
    if entry.shape is None:
        return rule_card(names, entry.record, entry.path)
    return _record_card(names, entry.record, entry.path, (entry.shape, entry.title))


def _entries(document: PlaceDocument) -> Iterator[_Entry]:
    """List every record of the draft that has a card of its own."""
    base = document.base
    for key, section, shape, title in _content_lists():
        for at, one in enumerate(_listed(document.content.get(key))):
            yield _Entry(section, (key, at), one, shape, title)
    for at, rule in own_rules(document):
        yield _Entry(section_of(rule), (*base, "rules", at), rule)
    for at, rule in own_list(document, "where_missing"):
        yield _Entry(MISSING, (*base, "where_missing", at), rule)
    for key, section, shape, title in _programme_lists():
        for at, one in own_list(document, key):
            yield _Entry(section, (*base, key, at), one, shape, title)
    for key, shape in (("identities", TERM), ("events", TERM), ("answers", ANSWER_TERM)):
        for at, one in enumerate(_listed(document.vocabulary.get(key))):
            yield _Entry(ASKS, (VOCABULARY, key, at), one, shape, "label")


def _listed(value: Json) -> list[Json]:
    """Return a list; anything else is left alone and not shown."""
    return value if isinstance(value, list) else []


def _in_a_list(path: JsonPath, base: JsonPath) -> bool:
    return len(path) > len(base) and path[len(base)] in _LISTS_OF_PROGRAMME


def _content_lists() -> tuple[tuple[str, str, Shape, str], ...]:
    """Name the lists of a part: key, section, shape, key of the title."""
    return (
        ("regions", PLACE, REGION, "name"),
        ("sources", SOURCES, SOURCE, "title"),
        ("examples", EXAMPLES, EXAMPLE, "id"),
    )


def _programme_lists() -> tuple[tuple[str, str, Shape, str], ...]:
    """Name the lists of a programme that hold no rules, in the same way."""
    return (
        ("asks", ASKS, ASKED, "code"),
        ("advice", TELL, ADVICE, "label"),
        ("conflicts", CONFLICTS, CONFLICT, "says"),
        ("drops", DROPS, DROP, "rule"),
        ("accepted", PROOF, ACCEPTED, "where"),
    )


def _programme_card(names: FormNames) -> RuleCard:
    document = names.document
    own = document.own
    builder = FormBuilder(names)
    known = {part.key for part in PROGRAMME}
    head = {key: value for key, value in own.items() if key in known}
    group = builder.group(head, document.base, ("programme", "地区和年度"), PROGRAMME)
    raw = bool(builder.unshown or set(own) - known - set(_LISTS_OF_PROGRAMME))
    return RuleCard(document.base, str(own.get("id", "")), place_name(names), "", (group,), raw)


def _record_card(
    names: FormNames, record: object, path: JsonPath, shown: tuple[Shape, str]
) -> RuleCard:
    shape, title = shown
    builder = FormBuilder(names)
    group = builder.group(record, path, (str(path[-2]), ""), shape)
    values = record if isinstance(record, dict) else {}
    name = str(values.get("id") or values.get("code") or "")
    return RuleCard(
        path,
        name,
        record_title(names, str(path[-2]), values, str(values.get(title, name))),
        "",
        (group,),
        bool(builder.unshown),
        offers=(CardOffer(REMOVE, "删去", path),),
    )
