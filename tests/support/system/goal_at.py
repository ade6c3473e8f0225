"""Where a test writes to, as if its user had been asked."""

from pathlib import Path

from medcounter.goals import Goal, goal


def goal_at(path: Path) -> Goal:
    """Let a path through that may be replaced and in which people stand."""
    return goal(path, None, people=True, replace=True)
