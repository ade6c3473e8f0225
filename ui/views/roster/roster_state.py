"""What the list view shows of a list, and how far the list has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medcounter.roster.answering.results import Filter

if TYPE_CHECKING:
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.roster.roster_issue import ListRun
    from medcounter.desk.roster.roster_list import RosterList
    from medcounter.desk.roster.roster_question import RosterQuestion
    from medcounter.roster.answering.results import Result

EMPTY, READING, FOUND, AGREED = "empty", "reading", "found", "agreed"
COUNTING, ASKED, ISSUING = "counting", "asked", "issuing"
BUSY = frozenset({READING, COUNTING, ISSUING})


@dataclass(frozen=True, slots=True)
class RosterState:
    """Everything the roster view shows.

    Attributes:
        phase: ``empty``, ``reading``, ``found``, ``agreed``, ``counting``,
            ``asked`` or ``issuing``.
        brought: The list; None before one was read.
        chosen: Whom the filter leaves.
        done: Rows read, or people counted or issued to, so far.
        whole: People to count or to issue to; 0 while that is not known.
        question: What is asked before the first number; None else.
        run: The run that the list's notices belong to; None before the
            first.
        unprinted: What was issued for a list before and never came out.
        issued: What has a notice by now, from this list.
        left: People of whom a stop left open whether they get one.
        refused: Rows without one, with why.
    """

    phase: str = EMPTY
    brought: RosterList | None = None
    filter: Filter = Filter.ALL
    chosen: tuple[Result, ...] = ()
    done: int = 0
    whole: int = 0
    question: RosterQuestion | None = None
    run: ListRun | None = None
    unprinted: tuple[IssuedNotice, ...] = ()
    issued: tuple[IssuedNotice, ...] = ()
    left: int = 0
    refused: tuple[tuple[int, str], ...] = ()
