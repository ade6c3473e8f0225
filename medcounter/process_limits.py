"""Limit a process that reads what a stranger wrote."""

from __future__ import annotations

import sys


def limit_process(memory: int) -> None:
    """Let this process have that much memory, write no file and leave no core.

    Does nothing on Windows, which has no such limits.

    Args:
        memory: Bytes of address space.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
