"""Overwrite secrets in memory as far as Python allows; see docs/keys.md.

A text or a key that Python, Qt or a library has copied remains in freed memory
until something else is written there; what is free when this is called is
overwritten.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from threading import Thread

# A bytes object is a head, its content and a closing 0.
_HEAD = sys.getsizeof(b"") - 1
# Python's own allocator has a pool for each of these; larger ones go to the system's.
_PYTHON_SIZES = range(48, 513, 16)
_SYSTEM_SIZES = (*range(24, 1025, 16), *range(1088, 8193, 256))
_AT_ONCE = 2_000_000
_OF_A_SYSTEM = _AT_ONCE // 4
_OF_A_THREAD = 32_000
_THREADS = 3


def wipe(secret: bytes) -> None:
    """Overwrite bytes in place that nobody may use any more.

    Nothing is done to fewer than two, which Python shares between all who
    have the same.
    """
    if len(secret) > 1 and sys.implementation.name == "cpython":
        ctypes.memset(id(secret) + _HEAD, 0, len(secret))


def sweep_own() -> None:
    """Write over what the thread that calls this has freed.

    Where a thread keeps a store of free memory, no other reaches it while that
    thread or one that took it over lives: whoever handed a secret to a library
    calls this before going on.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            _sweep_system(ctypes.CDLL(None), _OF_A_THREAD)


def sweep() -> None:
    """Free what nobody holds, and write over what is free."""
    gc.collect()
    for size in _PYTHON_SIZES:
        # Made and dropped at once: whatever is free of this size is taken first.
        blocks = [bytes(size - _HEAD - 1) for _ in range(_AT_ONCE // size)]
        del blocks
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            _sweep_system(library)
            # A thread that ended left its own store of free memory to those that begin now.
            others = [Thread(target=_sweep_system, args=(library,)) for _ in range(_THREADS)]
            for thread in others:
                thread.start()
            for thread in others:
                thread.join()
            library.malloc_trim(0)


def _sweep_system(library: ctypes.CDLL, at_once: int = _OF_A_SYSTEM) -> None:
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    for size in _SYSTEM_SIZES:
        taken = [library.malloc(size) for _ in range(at_once // size)]
        for block in taken:
            if block:
                ctypes.memset(block, 0, size)
        for block in taken:
            library.free(block)
