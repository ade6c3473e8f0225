"""The desk a command works at, opened and given back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from medcounter.cli.signing_in import pass_for
from medcounter.desk.desk import Desk
from medcounter.paths import data_dir


def now() -> datetime:
    """Give the present time with this machine's zone."""
    return datetime.now().astimezone()


@contextmanager
def open_desk(arguments: Namespace) -> Iterator[Desk]:
    """Open the desk of the data folder the words name.

    Raises:
        MedCounterError: It cannot be opened; the text says why.
    """
    desk = Desk.open(data_dir(arguments.data_dir), now(), who=pass_for(arguments))
    try:
        yield desk
    finally:
        desk.close()
