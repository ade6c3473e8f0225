"""The command line: every command that needs no screen.

Parses arguments and files, calls the core, writes the results. Computes
nothing itself.
"""

from __future__ import annotations

from medcounter.cli.program import main

__all__ = ["main"]
