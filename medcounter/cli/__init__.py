"""The second front end: every command that needs no screen.

Reads arguments and files, asks the core, writes answers. Computes nothing.
"""

from __future__ import annotations

from medcounter.cli.program import main

__all__ = ["main"]
