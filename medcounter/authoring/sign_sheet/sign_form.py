"""Make the sheet of a draft: which values stand on it, and by what each is known.

Every value that decides something has a line; a condition is one line in words.
Codes that hold the rules together are the program's and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_names import NO_BASE, FormNames
from medcounter.authoring.form.form_records import (
    FieldGroup,
    FieldKind,
    FieldState,
    FormField,
    FormSection,
    PlaceForm,
    RuleCard,
)
from medcounter.authoring.sign_sheet.sign_sheet import (
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
from medcounter.authoring.sign_sheet.sign_words import SignWords
from medcounter.json_path import JsonPath
from medcounter.rules.questions import QUESTION
from medcounter.wording.blank_words import said_without_case
from medcounter.wording.terms import SCHEMES

_FILE_HASH = 12
# The sample residents stand in the place of examples; a place's name heads the sheet.
_SECTIONS_LEFT_OUT = frozenset({"examples"})
_LISTS_LEFT_OUT = frozenset({"regions"})
_SOURCE, _LINKS, _WHEN = "source", "links", "when"
_LINKS_SHOWN = frozenset({"replaces"})
# Which warning is answered stands in the title of its card.
_ACCEPTED = "accepted"
_SAID_BY_TITLE = frozenset({"warning", "where"})
_NOT_SAID = "来源没有写"
# In these sections several questions are answered, so that a card says which.
_MANY_QUESTIONS = frozenset({"fees", "wait", "repair", "cover"})


def sign_sheet(
    state: SignedState,
    form: PlaceForm,
    names: FormNames,
    residents: SignedResidents,
) -> SignSheet:
    """Put the sheet together.

    Args:
        state: Which state of which rules it shows.
        form: The form of the draft.
        names: The draft, the document it lies over, and their names.
        residents: The sample residents.
    """
    sources = _Sources(names.sources)
    sections = tuple(
        made for section in form.sections if (made := _section(section, sources, names)).cards
    )
    first, last = form.first_year, form.last_year
    return SignSheet(
        state=state,
        place=form.name,
        code=form.region,
        scheme=SCHEMES.get(form.scheme, form.scheme),
        years=f"{first} 年度" if first == last else f"{first} 至 {last} 年度",
        sources=sources.used,
        sections=sections,
        residents=residents,
    )


@dataclass
class _Sources:
    """The sources of a draft and of what it inherits, numbered as they are met."""

    known: Mapping[str, Mapping[str, Json]]
    _used: dict[str, SignedSource] = field(default_factory=dict)

    @property
    def used(self) -> tuple[SignedSource, ...]:
        """The sources in the order of use."""
        return tuple(self._used.values())

    def source(self, source_id: str) -> SignedSource | None:
        """Return a source with its number; None where it is not known."""
        written = self.known.get(source_id)
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
        grade=str(written.get("grade", "")),
        detail="，".join([str(written.get("publisher", "")), *days]),
        files=tuple(
            f"{one.get('name')}（{str(one.get('sha256', ''))[:_FILE_HASH]}）"
            for one in (files if isinstance(files, list) else ())
            if isinstance(one, dict)
        ),
    )


def _section(section: FormSection, sources: _Sources, names: FormNames) -> SignedSection:
    if section.key in _SECTIONS_LEFT_OUT:
        return SignedSection(section.key, section.title, ())
    own = (one for one in section.cards if one.path[0] not in _LISTS_LEFT_OUT)
    cards = (_card(section, card, sources, names) for card in own)
    return SignedSection(section.key, section.title, tuple(card for card in cards if card.lines))


def _card(section: FormSection, card: RuleCard, sources: _Sources, names: FormNames) -> SignedCard:
    if section.key == SOURCES:
        sources.source(card.rule_id)
    by_key = {one.path[-1]: one for one in card.fields if len(one.path) == len(card.path) + 1}
    named = by_key.get(_SOURCE)
    source = sources.source(str(named.value)) if named is not None and named.value else None
    bare = SignedCard(
        title=_title(section, card),
        lines=(),
        source=source.mark if source else "",
        source_title=source.title if source else "",
        grade=source.grade if source else "",
        clause=_text(by_key.get("clause")),
        status=_text(by_key.get("status")),
        doubt=_text(by_key.get("doubt")),
        inherited_from=card.inherited_from,
    )
    lines = _CardLines(card, SignWords(names, card))
    return replace(bare, lines=tuple(one.signed(section.title, bare) for one in lines.shown()))


@dataclass(frozen=True, slots=True)
class _BareLine:
    """One line before it is known what stands beside it."""

    row_id: str
    path: JsonPath
    label: str
    value: str
    is_prose: bool

    def signed(self, section: str, card: SignedCard) -> SignedLine:
        """Return the line with the fingerprint of all that is shown of it."""
        shown = [self.row_id, section, card.title, self.label, self.value]
        shown += [card.source_title, card.clause, card.status, card.doubt, card.inherited_from]
        return SignedLine(
            self.row_id, self.path, fingerprint(shown), self.label, self.value, self.is_prose
        )


@dataclass(frozen=True, slots=True)
class _CardLines:
    """The lines of one card."""

    card: RuleCard
    words: SignWords

    def shown(self) -> Iterator[_BareLine]:
        """List what stands on the sheet, in the order of the form."""
        for group in self.card.groups:
            if group.key != _SOURCE:
                yield from self._group(group, "")
        if self.card.raw:
            yield self._line(self.card.path, "原文", self.words.written, is_prose=True)

    def _group(self, group: FieldGroup, title: str) -> Iterator[_BareLine]:
        condition = self.words.condition(group.path) if _WHEN in group.path[-1:] else ""
        for one in group.fields:
            inside = one.path[: len(group.path)] == group.path
            if not (condition and inside) and self._is_shown(group, one):
                yield self._field(one, title)
        if condition:
            # The form says the condition in the title of its group; here it is the value.
            yield self._line(group.path, group.title.partition("：")[0] or "什么时候", condition)
            return
        for inner in group.groups:
            # A reading's own words say what it is.
            named = "" if inner.key == "reading" else inner.title.partition("：")[0]
            yield from self._group(inner, named)

    def _is_shown(self, group: FieldGroup, one: FormField) -> bool:
        if one.kind is FieldKind.CODE or one.state is FieldState.EMPTY:
            return False
        if group.key == _LINKS and one.path[-1] not in _LINKS_SHOWN:
            return False
        if group.key == _ACCEPTED and one.path[-1] in _SAID_BY_TITLE:
            return False
        return bool(one.text or one.value is None)

    def _field(self, one: FormField, title: str) -> _BareLine:
        value = said_without_case(one.text) or _NOT_SAID
        label = f"{title}：{one.label}" if title and title != one.label else one.label
        return self._line(one.path, label, value, is_prose=one.kind is FieldKind.SENTENCE)

    def _line(self, path: JsonPath, label: str, value: str, *, is_prose: bool = False) -> _BareLine:
        return _BareLine(_row_id(self.card, path), path, label, value, is_prose)


def _row_id(card: RuleCard, path: JsonPath) -> str:
    """Name a value by its record's id, not by where the record stands in its list."""
    if not card.rule_id or path[: len(card.path)] != card.path:
        return ".".join(map(str, path))
    kind = [str(step) for step in card.path if isinstance(step, str)][-1]
    above = "^" if card.inherited_from else ""
    inside = ".".join(map(str, path[len(card.path) :]))
    return f"{above}{kind}:{card.rule_id}:{inside}"


def _title(section: FormSection, card: RuleCard) -> str:
    """Name a card's question where its section does not."""
    title = card.title
    asked = QUESTION[card.question].label if card.question in QUESTION else ""
    if section.key not in _MANY_QUESTIONS or asked in title or asked == section.title:
        return title
    return f"{asked}：{title}"


def _text(one: FormField | None) -> str:
    return "" if one is None or one.value is None else one.text


def names_of(document: PlaceDocument, base: Mapping[str, Json] = NO_BASE) -> FormNames:
    """Return the names of a draft over its base, for :func:`sign_sheet`."""
    return FormNames(document, base)
