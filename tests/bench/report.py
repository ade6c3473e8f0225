"""One line for each thing measured, beside what it may cost."""

from __future__ import annotations

from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

import pytest

Given = TypeVar("Given")


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


class Taken(NamedTuple):
    """Milliseconds each time: by the clock, and of processor time.

    Where other work goes on beside, only the second one tells.
    """

    clock: list[float]
    work: list[float]

    @classmethod
    def none(cls) -> Taken:
        """Begin with nothing measured."""
        return cls([], [])

    def add(self, act: Callable[[], Given]) -> Given:
        """Measure once more, and give what was done."""
        began, worked = perf_counter(), process_time()
        given = act()
        self.clock.append((perf_counter() - began) * 1000)
        self.work.append((process_time() - worked) * 1000)
        return given

    @property
    def told(self) -> str:
        """Both, for a line."""
        return f"{spread(self.clock, 'ms')}; of work {spread(self.work, 'ms')}"
