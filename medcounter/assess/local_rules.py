"""Rules that a hall made for itself, as answers by them must name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NamedBundle:
    """A bundle that an answer rests on: its id, its revision, its hash (hex)."""

    bundle: str
    revision: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LocalRules:
    """What a hall made for one place, scheme and span of years.

    Attributes:
        region: The place, and all below it that state nothing nearer.
        first_year: First benefit year it holds for.
        last_year: The last one, inclusive.
        named: The hall's bundle.
        author: Who wrote it.
        reviewer: Who reviewed it.
        released: Day on which it was signed.
    """

    region: str
    scheme: str
    first_year: int
    last_year: int
    named: NamedBundle
    author: str
    reviewer: str
    released: date

    @property
    def sentence(self) -> str:
        """Whose rules they are, as it stands on paper and on the screen."""
        return (
            f"规则由本厅编制，编制 {self.author}，复核 {self.reviewer}，"
            f"{self.released.isoformat()}。"
        )
