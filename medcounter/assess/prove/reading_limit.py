"""Refuse rules whose readings are more together than can be tried for one case."""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.explain.readings import MOST_READINGS, count_readings


def too_many_readings(compiled: Compiled) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Say which unsettled rules have too many readings together.

    A reading that is never tried may be the one that brings the later cover.

    Yields:
        Question, ids of the rules and text; at most once.
    """
    count, entries = count_readings(compiled)
    if count > MOST_READINGS:
        names = tuple(entry.name for entry in entries)
        text = (
            f"未定的规则“{'”“'.join(names)}”的读法合起来有 {count} 种，超过测算时逐一比较的"
            f" {MOST_READINGS} 种；请核实其中几条，或者减少读法（readings）。"
        )
        yield entries[0].rule.question, names, text
