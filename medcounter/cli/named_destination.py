"""Check the output file named on the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from medcounter.destinations import Destination, destination
from medcounter.paths import data_dir


def named_destination(
    arguments: Namespace, path: Path, *, people: bool, reading: Iterable[Path] = ()
) -> Destination:
    """Let a named file through, before a command does anything.

    Args:
        arguments: ``data_dir`` and ``force``.
        path: As named.
        people: Whether people stand in it.
        reading: What the command reads.

    Raises:
        DestinationRefusedError: It may not be written; one subclass per cause.
    """
    folder = data_dir(arguments.data_dir)
    return destination(path, folder, people=people, replace=arguments.force, reading=reading)
