"""Every name a bundle may refer to: built-in codes and its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import Fault
from medcounter.rules.vocabulary import (
    EVENTS,
    IDENTITIES,
    ORDINARY,
    AnswerTerm,
    Term,
    answers_of_format,
)


@dataclass(frozen=True)
class Names:
    """The known names of one bundle.

    Attributes:
        terms: Identities in the contract's order, the bundle's own before
            ``ordinary``.
        faults: Own codes that clash with built-in ones.
    """

    sources: frozenset[str]
    regions: frozenset[str]
    terms: tuple[Term, ...]
    event_terms: tuple[Term, ...]
    answer_terms: tuple[AnswerTerm, ...]
    faults: tuple[Fault, ...]

    @cached_property
    def identities(self) -> frozenset[str]:
        """Identity codes that a rule may name; never ``ordinary``."""
        return frozenset(term.code for term in self.terms) - {ORDINARY}

    @cached_property
    def events(self) -> frozenset[str]:
        """Event codes that a rule may name."""
        return frozenset(term.code for term in self.event_terms)

    @cached_property
    def answers(self) -> frozenset[str]:
        """Answer codes that a rule may name."""
        return frozenset(term.code for term in self.answer_terms)

    @cached_property
    def dated(self) -> frozenset[str]:
        """Names of the days that answers tell: ``answers.previous_year_paid_on``."""
        return frozenset(
            f"answers.{term.code}" for term in self.answer_terms if term.kind == "date"
        )

    @classmethod
    def of(cls, bundle: Bundle) -> Names:
        """Gather the names that a bundle knows."""
        own = bundle.vocabulary
        answers = answers_of_format(bundle.format)
        return cls(
            sources=frozenset(source.id for source in bundle.sources),
            regions=frozenset(region.code for region in bundle.regions),
            terms=(*IDENTITIES[:-1], *own.identities, IDENTITIES[-1]),
            event_terms=(*EVENTS, *own.events),
            answer_terms=(*answers, *own.answers),
            faults=(
                *_clashes("identities", IDENTITIES, own.identities),
                *_clashes("events", EVENTS, own.events),
                *_clashes("answers", answers, own.answers),
            ),
        )


def _clashes(
    kind: str, built_in: tuple[Term | AnswerTerm, ...], own: tuple[Term | AnswerTerm, ...]
) -> list[Fault]:
    taken = {term.code for term in built_in}
    faults = []
    for index, term in enumerate(own):
        if term.code in taken:
            path = f"vocabulary.{kind}[{index}].code"
            faults.append(Fault(path, f"“{term.code}”已经有了，不能再写。"))
        taken.add(term.code)
    return faults
