"""Tests as somebody whom file rights bind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

# Whom Linux gives rights to nothing.
NOBODY = 65534


@contextmanager
def as_plain_user() -> Iterator[None]:
    """Do without the rights of an administrator, whom no file right binds."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
