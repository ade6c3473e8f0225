"""One line for each thing measured, beside what it may cost."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

import pytest


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent of the values lie."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def tell(request: pytest.FixtureRequest, line: str) -> None:
    """Print a line although the test passes."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n  {line}", end="")  # noqa: T201 - a benchmark speaks by printing


def spread(values: Sequence[float], unit: str) -> str:
    """Median, 99th percentile and worst of many."""
    worst = max(values)
    return (
        f"median {median(values):.1f} {unit}, 99 % {percentile(values, 99):.1f} {unit}, "
        f"worst {worst:.1f} {unit}, {len(values)} times"
    )
