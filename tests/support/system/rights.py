"""Tests as somebody whom file rights bind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Whom Linux gives rights to nothing.
NOBODY = 65534


def give_to_plain_user(folder: Path) -> None:
    """Make a folder and all in it the plain user's; who isn't an administrator is that user."""
    if os.geteuid() == 0:
        for each in (folder, *folder.rglob("*")):
            os.chown(each, NOBODY, NOBODY)


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
