"""Resource limits for processes that read untrusted files."""

from __future__ import annotations

import sys


def limit_process(memory: int) -> None:
    """Limit this process's memory, and forbid it files and core dumps.

    Does nothing on Windows, which has no such limits.

    Args:
        memory: Bytes of address space.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
