"""The clauses a notice cites, numbered ① ② ③ and looked up by step.

Returns the number of a rule's clause; judges no source.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from medcounter.assess.assessment import Assessment, Step
from medcounter.notice.content.notice import Clause

# Unicode has circled numbers in three runs, up to 50.
_CIRCLED = "".join(
    chr(first + offset)
    for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
    for offset in range(count)
)


def mark(number: int) -> str:
    """Write a clause's number: ①, from 51 on (51).

    Args:
        number: From 1.
    """
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


@dataclass(frozen=True, slots=True)
class ClauseList:
    """The clauses in printing order and the steps based on them."""

    clauses: tuple[Clause, ...]
    marks: tuple[tuple[str, str], ...]

    def marks_of(self, questions: Collection[str]) -> str:
        """Return the numbers behind the answers to some questions."""
        found = {sign for question, sign in self.marks if question in questions}
        return "".join(clause.mark for clause in self.clauses if clause.mark in found)


def clause_list(assessment: Assessment) -> ClauseList:
    """Number the clauses, each once, those of one source side by side.

    Sources stand in the order in which the derivation first needs them.
    """
    sources = tuple(dict.fromkeys(step.source for step in assessment.steps))
    places = sorted(
        dict.fromkeys((step.source, step.clause) for step in assessment.steps),
        key=lambda place: sources.index(place[0]),
    )
    titles = {citation.id: citation.title for citation in assessment.citations}
    grades = {(step.source, step.clause): step.grade for step in assessment.steps}
    clauses = tuple(
        Clause(mark(number), titles.get(source, source), clause, grades[source, clause])
        for number, (source, clause) in enumerate(places, start=1)
    )
    numbers = dict(zip(places, clauses, strict=True))
    return ClauseList(
        clauses, tuple((s.question, numbers[_place(s)].mark) for s in assessment.steps)
    )


def _place(step: Step) -> tuple[str, str]:
    return (step.source, step.clause)
