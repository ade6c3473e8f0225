"""Records of what a table says about its cells besides their values."""

from __future__ import annotations

Raw = list[object]
Lost = dict[int, dict[int, str]]
Struck = dict[int, list[int]]
Formulas = dict[int, list[int]]
# First and last cell of each range, row and column from 0.
Merged = tuple[tuple[tuple[int, int], tuple[int, int]], ...]
