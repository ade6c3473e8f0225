"""Merge what several notices share: sentences, guides, clauses.

Keeps the order of first appearance and the people each applies to. Changes no
sentence and omits none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from medcounter.notice.content.clauses import mark
from medcounter.notice.content.notice import Clause, Entry, Guide, Notice

ASSUMED, UNSETTLED = "按较可能的理解", "尚无定论"
_MARK = re.compile(r"\(\d+\)|.")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class SharedSentence:
    """A sentence and the people it applies to.

    Attributes:
        names: Empty when it is for everybody.
        marks: Numbers of the clauses it rests on; for a doubt, how it stands.
    """

    text: str
    names: tuple[str, ...] = ()
    marks: str = ""

    @property
    def sentence(self) -> str:
        """The sentence behind the names of those it is for."""
        return f"【{'、'.join(self.names)}】{self.text}" if self.names else self.text


def once(values: Iterable[_Value]) -> tuple[_Value, ...]:
    """Return each value once, in the order of its first appearance."""
    return tuple(dict.fromkeys(values))


def merged(
    notices: Sequence[Notice], sentences_of: Callable[[Notice], Iterable[str | tuple[str, str]]]
) -> tuple[SharedSentence, ...]:
    """Gather what each notice says.

    Args:
        notices: Those that count.
        sentences_of: Gives a notice's sentences, each alone or with its marks.
    """
    heard: dict[tuple[str, str], list[int]] = {}
    for index, notice in enumerate(notices):
        for sentence in sentences_of(notice):
            text, marks = (sentence, "") if isinstance(sentence, str) else sentence
            who = heard.setdefault((text, marks), [])
            who.extend([index] if index not in who else [])
    return tuple(
        SharedSentence(text, _names(notices, who), marks) for (text, marks), who in heard.items()
    )


def merged_doubts(notices: Sequence[Notice]) -> tuple[SharedSentence, ...]:
    """Gather the doubts, each with how it stands."""
    return merged(
        notices,
        lambda notice: [
            (doubt.text, ASSUMED if doubt.assumed else UNSETTLED) for doubt in notice.doubts
        ],
    )


def merged_guides(notices: Sequence[Notice]) -> tuple[Guide, ...]:
    """Put entries of one kind under one heading, each entry once."""
    given = [guide for notice in notices for guide in notice.guides]
    return tuple(
        Guide(kind, heading, _entries(same), any(guide.doubtful for guide in same))
        for kind, heading in once((guide.kind, guide.heading) for guide in given)
        for same in [[g for g in given if (g.kind, g.heading) == (kind, heading)]]
    )


def merged_clauses(notices: Sequence[Notice]) -> tuple[Clause, ...]:
    """Number all clauses anew, each once, those of one source side by side."""
    given = once(
        (clause.title, clause.clause, clause.grade)
        for notice in notices
        for clause in notice.clauses
    )
    titles = once(title for title, _clause, _grade in given)
    ordered = sorted(given, key=lambda clause: titles.index(clause[0]))
    return tuple(Clause(mark(number), *clause) for number, clause in enumerate(ordered, start=1))


def renumbered(marks: str, own: Sequence[Clause], shared: Sequence[Clause]) -> str:
    """Turn a notice's clause numbers into those of the shared list."""
    places = {clause.mark: _place(clause) for clause in own}
    numbers = {_place(clause): clause.mark for clause in shared}
    wanted = {numbers[places[sign]] for sign in _MARK.findall(marks) if sign in places}
    return "".join(clause.mark for clause in shared if clause.mark in wanted)


def _names(notices: Sequence[Notice], who: Sequence[int]) -> tuple[str, ...]:
    if len(who) == len(notices):
        return ()
    return tuple(notices[index].person.name for index in who)


def _entries(guides: Sequence[Guide]) -> tuple[Entry, ...]:
    return once(entry for guide in guides for entry in guide.entries)


def _place(clause: Clause) -> tuple[str, str, str]:
    return (clause.title, clause.clause, clause.grade)
