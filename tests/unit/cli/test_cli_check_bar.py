"""Whoever watches a long check sees how far it is; a file that takes the output does not."""

from __future__ import annotations

import io
import sys

import pytest

from medcounter.cli import main
from tests.support.rules.rule_samples import BUNDLES

LONG = str(BUNDLES / "good.json")
SHORT = str(BUNDLES.parents[2] / "docs" / "examples" / "yunxi")


class Screen(io.StringIO):
    """A screen, where somebody watches."""

    def isatty(self) -> bool:
        """Somebody does."""
        return True


@pytest.mark.parametrize(
    ("bundle", "stream", "drawn"),
    [(LONG, Screen, True), (SHORT, Screen, False), (LONG, io.StringIO, False)],
    ids=["a long check", "a short one", "into a file"],
)
def test_a_bar_grows_where_somebody_watches(
    bundle: str, stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch, *, drawn: bool
) -> None:
    screen = stream()
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["bundle", "check", bundle]) == 0
    shown = screen.getvalue()
    assert ("证明 [#" in shown, shown.endswith("\n")) == (drawn, drawn)
