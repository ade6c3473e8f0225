"""What a thread has freed is written over by the thread itself."""

from __future__ import annotations

import ctypes
import sys
from threading import Thread

import pytest

from medcounter.trust.forgetting import sweep_own

_SIZE = 392
_SECRET = b"mian hua tian di" * (_SIZE // 16)
# A freed block's first bytes are the allocator's own.
_OWN = 32


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there is it written over")
def test_a_thread_that_goes_on_keeps_nothing_of_what_it_freed() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    library.free.argtypes = [ctypes.c_void_p]
    left: list[bytes] = []

    def work() -> None:
        blocks = [library.malloc(_SIZE) for _ in range(4)]
        for block in blocks:
            ctypes.memmove(block, _SECRET, len(_SECRET))
        for block in blocks:
            library.free(block)
        sweep_own()
        left.extend(ctypes.string_at(block + _OWN, _SIZE - _OWN) for block in blocks)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert len(left) == 4
    assert not any(b"hua tian" in block for block in left)
