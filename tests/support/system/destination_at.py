"""Where a test writes to, as if its user had been asked."""

from pathlib import Path

from medcounter.destinations import Destination, destination


def destination_at(path: Path) -> Destination:
    """Let a path through that may be replaced and in which people stand."""
    return destination(path, None, people=True, replace=True)
