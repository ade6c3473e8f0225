"""Make the sheet of a form: which values stand on it, and by what each is known.

Every value that decides something has a line. Codes that hold the rules
together are the program's and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from medcounter.authoring.document.document_path import Json, Path
from medcounter.authoring.form.form_records import (
    FieldKind,
    FieldState,
    FormField,
    FormSection,
    PlaceForm,
    RuleCard,
)
from medcounter.authoring.sheet.sign_sheet import (
    SOURCES,
    SignedCard,
    SignedLine,
    SignedResidents,
    SignedSection,
    SignedSource,
    SignedState,
    SignSheet,
    fingerprint,
)
from medcounter.wording.blank_words import said_without_case
from medcounter.wording.terms import SCHEMES

_FILE_HASH = 12
# The sample residents stand in the place of examples; sources are numbered instead.
_LEFT_OUT = frozenset({"examples", "proof"})
_SOURCE_KEYS = frozenset({"source", "clause", "status", "doubt", "concerns"})
_NOT_SAID = "来源没有写"


def sign_sheet(
    state: SignedState,
    form: PlaceForm,
    documents: Iterable[Mapping[str, Json]],
    residents: SignedResidents,
) -> SignSheet:
    """Put the sheet together.

    Args:
        state: Which state of which rules it shows.
        form: The form of the draft.
        documents: The draft's part first, then those it inherits from; for
            their sources.
        residents: The sample residents.
    """
    sources = _Sources(documents)
    sections = tuple(
        made for section in form.sections if (made := _section(section, sources)).cards
    )
    first, last = form.first_year, form.last_year
    return SignSheet(
        state=state,
        place=form.name,
        code=form.region,
        scheme=SCHEMES[form.scheme],
        years=f"{first} 年度" if first == last else f"{first} 至 {last} 年度",
        sources=sources.used,
        sections=sections,
        residents=residents,
    )


@dataclass
class _Sources:
    """The sources of a draft and of what it inherits, numbered as they are met."""

    documents: Iterable[Mapping[str, Json]]
    _known: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    _used: dict[str, SignedSource] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find every source by its id; a draft's own comes before one above it."""
        for document in self.documents:
            listed = document.get(SOURCES)
            for one in listed if isinstance(listed, list) else ():
                if isinstance(one, dict):
                    self._known.setdefault(str(one.get("id", "")), one)

    @property
    def used(self) -> tuple[SignedSource, ...]:
        """The sources in the order of use."""
        return tuple(self._used.values())

    def source(self, source_id: str) -> SignedSource | None:
        """Return a source with its number; None where it is not known."""
        written = self._known.get(source_id)
        if written is None:
            return None
        if source_id not in self._used:
            self._used[source_id] = _source(len(self._used) + 1, written)
        return self._used[source_id]


def _source(number: int, written: Mapping[str, Json]) -> SignedSource:
    published = written.get("published")
    days = [f"{published} 发布" if published else "发布日不详", f"{written.get('checked')} 核对"]
    files = written.get("files")
    return SignedSource(
        mark=f"〔{number}〕",
        title=str(written.get("title", "")),
        grade=written.get("grade", "C"),
        detail="，".join([str(written.get("publisher", "")), *days]),
        files=tuple(
            f"{one.get('name')}（{str(one.get('sha256', ''))[:_FILE_HASH]}）"
            for one in (files if isinstance(files, list) else ())
            if isinstance(one, dict)
        ),
    )


def _section(section: FormSection, sources: _Sources) -> SignedSection:
    if section.key in _LEFT_OUT:
        return SignedSection(section.key, section.title, ())
    cards = (_card(section, card, sources) for card in section.cards)
    return SignedSection(section.key, section.title, tuple(card for card in cards if card.lines))


def _card(section: FormSection, card: RuleCard, sources: _Sources) -> SignedCard:
    if section.key == SOURCES:
        sources.source(card.rule_id)
    told = {_last_key(card, one): one for one in card.fields if _is_of_source(card, one)}
    named = told.get("source")
    source = sources.source(str(named.value)) if named is not None and named.value else None
    bare = SignedCard(
        title=card.title,
        lines=(),
        source=source.mark if source else "",
        source_title=source.title if source else "",
        grade=source.grade if source else "",
        clause=_text(told.get("clause")),
        status=_text(told.get("status")),
        doubt=_text(told.get("doubt")),
        inherited_from=card.inherited_from,
    )
    return replace(bare, lines=tuple(_lines(section, card, bare)))


def _lines(section: FormSection, card: RuleCard, bare: SignedCard) -> Iterator[SignedLine]:
    for one in card.fields:
        hidden = one.kind is FieldKind.CODE or one.state is FieldState.EMPTY
        if hidden or _is_of_source(card, one):
            continue
        row_id = _row_id(card, one.path)
        value = said_without_case(one.text) or (_NOT_SAID if one.value is None else "")
        if not value:
            continue
        shown = [row_id, section.title, bare.title, one.label, value]
        shown += [bare.source_title, bare.clause, bare.status, bare.doubt, bare.inherited_from]
        yield SignedLine(
            row_id=row_id,
            path=one.path,
            fingerprint=fingerprint(shown),
            label=one.label,
            value=value,
            is_prose=one.kind is FieldKind.SENTENCE,
        )


def _is_of_source(card: RuleCard, one: FormField) -> bool:
    """Tell what says where a value is from; it stands beside all values of its card."""
    inside = one.path[len(card.path) :]
    return len(inside) == 1 and inside[0] in _SOURCE_KEYS


def _last_key(card: RuleCard, one: FormField) -> str:
    return str(one.path[len(card.path)])


def _row_id(card: RuleCard, path: Path) -> str:
    """Name a value by its record's id, not by where the record stands in its list."""
    if not card.rule_id or path[: len(card.path)] != card.path:
        return ".".join(map(str, path))
    kind = [str(step) for step in card.path if isinstance(step, str)][-1]
    above = "^" if card.inherited_from else ""
    inside = ".".join(map(str, path[len(card.path) :]))
    return f"{above}{kind}:{card.rule_id}:{inside}"


def _text(one: FormField | None) -> str:
    return "" if one is None or one.value is None else one.text
