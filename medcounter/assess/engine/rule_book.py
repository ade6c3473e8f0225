"""A loaded bundle ready for assessment; programmes compile on first use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from medcounter.assess.assessment import Citation
from medcounter.assess.engine.compiled import Compiled, compile_programme
from medcounter.assess.local_rules import LocalRules, NamedBundle
from medcounter.rules.bundle import Bundle, Choice, Source
from medcounter.rules.inherit import (
    Resolved,
    lineage,
    programme_chain,
    resolve,
    resolve_missing,
)
from medcounter.rules.known_names import Names
from medcounter.rules.vocabulary import AnswerTerm, Term
from medcounter.strict_json import canonical

# The engine that answers by a bundle of each format; an answer replays with the one stamped on it.
ENGINES = {1: "2", 2: "3"}


def _no_name(_code: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class CoveredYear:
    """One scheme and benefit year that a place's rules answer."""

    scheme: str
    benefit_year: int


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A place with rules of its own, for a list to choose from."""

    code: str
    name: str
    parent: str
    covered: tuple[CoveredYear, ...]


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A free question to put to the clerk, with its choices if limited."""

    code: str
    label: str
    kind: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OfferedTerms:
    """The identities, ``ordinary`` last, and the events that a form offers."""

    identities: tuple[Term, ...]
    events: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A checked bundle with its stamp, and its programmes as compiled.

    Attributes:
        sha256: Hex hash of the bundle's bytes.
        signed: Whether its signatures were verified (or the package that
            ships it is trusted).
        place_name: Gives the name of a place of the nation's table by its
            code, None for a code that is none.
        citations: The sources by id, as answers name them.
        own_names: Names of the places that the bundle knows, by code.
        local: What a hall made for itself of what is in the bundle.
    """

    bundle: Bundle
    sha256: str
    signed: bool
    names: Names
    sources: dict[str, Source]
    citations: dict[str, Citation]
    own_names: dict[str, str]
    order: dict[str, str]
    place_name: Callable[[str], str | None] = _no_name
    local: tuple[LocalRules, ...] = ()
    _compiled: dict[tuple[str, str, int], Compiled | None] = field(default_factory=dict)
    _mechanisms: dict[tuple[str, str, int], Compiled | None] = field(default_factory=dict)
    _covered: dict[str, tuple[CoveredYear, ...]] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        bundle: Bundle,
        sha256: str,
        *,
        signed: bool,
        place_name: Callable[[str], str | None] = _no_name,
    ) -> RuleBook:
        """Open a checked bundle; programmes are compiled when first asked."""
        names = Names.of(bundle)
        return cls(
            bundle,
            sha256,
            signed,
            names,
            sources={source.id: source for source in bundle.sources},
            citations={source.id: _citation(source) for source in bundle.sources},
            own_names={region.code: region.name for region in reversed(bundle.regions)},
            order={term.code: term.label for term in names.terms},
            place_name=place_name,
        )

    def with_local(self, local: tuple[LocalRules, ...]) -> RuleBook:
        """Return a book of the same bundle that knows what of it a hall made."""
        return replace(self, local=local, _compiled={}, _mechanisms={})

    def local_for(self, region: str, scheme: str, benefit_year: int) -> tuple[LocalRules, ...]:
        """Return what a hall made of the rules of a place, nearest first."""
        if not self.local:
            return ()
        above = lineage(region)
        found = [
            one
            for one in self.local
            if one.region in above
            and one.scheme == scheme
            and one.first_year <= benefit_year <= one.last_year
        ]
        return tuple(sorted(found, key=lambda one: above.index(one.region)))

    def bundles_for(self, region: str, scheme: str, benefit_year: int) -> tuple[NamedBundle, ...]:
        """Name the bundles of an answer by a hall's rules, the office's first.

        Empty where the rules are an office's alone.
        """
        local = self.local_for(region, scheme, benefit_year)
        if not local:
            return ()
        office = NamedBundle(self.bundle.id, self.bundle.revision, self.sha256)
        return (office, *(one.named for one in reversed(local)))

    def hash_for(self, region: str, scheme: str, benefit_year: int) -> str:
        """Return the hash of the rules of a place, hex.

        Source: docs/contract.md, key ``stamp``.
        """
        return _hash_of(self.sha256, self.bundles_for(region, scheme, benefit_year))

    @property
    def identity(self) -> str:
        """Hash that tells this book from any other, hex."""
        return _hash_of(self.sha256, tuple(one.named for one in self.local))

    @property
    def engine(self) -> str:
        """Return the number of the engine that answers by these rules."""
        return ENGINES[self.bundle.format]

    def programme(self, region: str, scheme: str, benefit_year: int) -> Compiled | None:
        """Return what holds for a place, or None when its rules are missing.

        The nation alone is never enough: somewhere below it a window and a
        fee must be given. Source: docs/contract.md, key ``region``.
        """
        key = (region, scheme, benefit_year)
        if key not in self._compiled:
            self._compiled[key] = self._compile(*key)
        return self._compiled[key]

    def answers(self, region: str, scheme: str, benefit_year: int) -> bool:
        """Return whether a place's rules are there."""
        bundle = self.bundle
        found = (bundle.programme_at(code, scheme, benefit_year) for code in lineage(region))
        heads = [bundle.heads[at] for at in found if at is not None]
        given = frozenset[str]().union(*(head.questions for head in heads))
        places = {head.region for head in heads}
        return given >= {"window", "standard"} and not places <= {lineage(region)[-1]}

    def _compile(self, region: str, scheme: str, benefit_year: int) -> Compiled | None:
        if not self.answers(region, scheme, benefit_year):
            return None
        chain = programme_chain(self.bundle, region, scheme, benefit_year)
        return self._compiled_by(resolve(chain, benefit_year))

    def mechanism(self, region: str, scheme: str, benefit_year: int) -> Compiled | None:
        """Return what is known without a place's rules, fee and window left open.

        None where no place above, nor the nation, says what holds then.
        Source: docs/contract.md, "Where rules are missing".
        """
        key = (region, scheme, benefit_year)
        if key not in self._mechanisms:
            chain = programme_chain(self.bundle, *key)
            known = resolve_missing(chain, benefit_year)
            self._mechanisms[key] = None if known is None else self._compiled_by(known)
        return self._mechanisms[key]

    def _compiled_by(self, resolved: Resolved) -> Compiled:
        grades = {source.id: source.grade for source in self.sources.values()}
        return compile_programme(resolved, self.names.answer_terms, self.bundle.format, grades)

    def regions(self) -> tuple[RegionChoice, ...]:
        """List the places with rules of their own, by code."""
        choices = []
        own = {head.region for head in self.bundle.heads}
        for code in sorted(own):
            if covered := self.covered(code):
                parent = next((above for above in lineage(code)[1:] if above in own), "")
                choices.append(RegionChoice(code, self.name(code) or code, parent, covered))
        return tuple(choices)

    def covered(self, region: str) -> tuple[CoveredYear, ...]:
        """List the schemes and years that a place's rules answer."""
        if region not in self._covered:
            self._covered[region] = self._answered(region)
        return self._covered[region]

    def _answered(self, region: str) -> tuple[CoveredYear, ...]:
        pairs = set()
        above = lineage(region)
        for head in self.bundle.heads:
            if head.region in above:
                pairs |= {
                    (head.scheme, year) for year in range(head.first_year, head.last_year + 1)
                }
        answered = [pair for pair in pairs if self.answers(region, *pair)]
        return tuple(CoveredYear(*pair) for pair in sorted(answered, key=_resident_first))

    def name(self, region: str) -> str | None:
        """Return a place's Chinese name, from the national table if the bundle has none."""
        return self.own_names.get(region) or self.place_name(region)

    def identities(self) -> tuple[Term, ...]:
        """List the identities in the contract's order, ``ordinary`` last."""
        return self.names.terms

    def events(self) -> tuple[Term, ...]:
        """List the events that a rule may ask for."""
        return self.names.event_terms

    def terms_for(self, region: str, scheme: str, benefit_year: int) -> OfferedTerms:
        """List what a form offers at a place: the common codes, and those its rules name.

        A code that one place added is offered where a rule names it, and nowhere else.
        """
        own = self.bundle.vocabulary
        added = {term.code for term in (*own.identities, *own.events)}
        compiled = self.programme(region, scheme, benefit_year) if added else None
        named = set[str]()
        for rules in compiled.by_question.values() if compiled else ():
            named |= {text for entry in rules for text in _texts(entry.rule.model_dump())}
        left_out = added - named
        return OfferedTerms(
            tuple(term for term in self.identities() if term.code not in left_out),
            tuple(term for term in self.events() if term.code not in left_out),
        )

    def answer_term(self, code: str) -> AnswerTerm | None:
        """Return a free question's term, None when nobody knows the code."""
        return next((term for term in self.names.answer_terms if term.code == code), None)

    def questions_for(self, region: str, scheme: str, benefit_year: int) -> tuple[AnswerField, ...]:
        """List the free questions that a place's rules read."""
        compiled = self.programme(region, scheme, benefit_year)
        if compiled is None:
            return ()
        choices = {asked.code: asked.choices for asked in compiled.resolved.asks}
        read = answers_read(compiled)
        return tuple(
            AnswerField(term.code, term.label, term.kind, choices.get(term.code, ()))
            for term in self.names.answer_terms
            if term.code in read or term.code in choices
        )


def _citation(source: Source) -> Citation:
    return Citation(
        source.id, source.title, source.publisher, source.grade, source.published, source.checked
    )


def _hash_of(sha256: str, bundles: tuple[NamedBundle, ...]) -> str:
    if not bundles:
        return sha256
    named = [sha256, *(one.sha256 for one in bundles)]
    return hashlib.sha256(canonical(named)).hexdigest()


def _texts(value: object) -> Iterator[str]:
    """Give every text that stands by itself anywhere in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _texts(each)


def _resident_first(pair: tuple[str, int]) -> tuple[bool, int]:
    scheme, year = pair
    return scheme != "resident", -year


def answers_read(compiled: Compiled) -> set[str]:
    """Name the answers that conditions compare and figures are counted by."""
    needs: Iterable[str] = (
        need for rules in compiled.by_question.values() for entry in rules for need in entry.needs
    )
    return {need.partition(".")[2] for need in needs if need.startswith("answers.")}
