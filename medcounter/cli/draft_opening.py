"""Open a rule draft for one command, and leave it locked as it was found."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from medcounter.cli.open_desk import now, open_desk
from medcounter.desk.authoring.open_draft import OpenDraft


@contextmanager
def open_draft(arguments: Namespace) -> Iterator[OpenDraft]:
    """Open the draft that the words name, to change it.

    Nobody else has it open then: it is taken for this command, and given back
    where it was not taken before.

    Raises:
        RuleDraftLockedError: Somebody else has it.
        MedCounterError: It cannot be opened; the text says why.
    """
    with open_desk(arguments) as desk:
        was_mine = desk.authoring.look(arguments.draft).is_mine
        draft = desk.authoring.open(arguments.draft, now())
        try:
            yield draft
        finally:
            if not was_mine:
                draft.close(now())


@contextmanager
def look_at_draft(arguments: Namespace) -> Iterator[OpenDraft]:
    """Open the draft that the words name, only to look, whoever has it.

    Raises:
        MedCounterError: It cannot be opened; the text says why.
    """
    with open_desk(arguments) as desk:
        yield desk.authoring.look(arguments.draft)
