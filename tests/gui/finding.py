"""Widgets by type and object name, the only way a test finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Found = TypeVar("Found", bound="QObject")


def child(parent: QObject, kind: type[Found], name: str) -> Found:
    """The one child of this type and name; the test fails without it."""
    found = parent.findChildren(kind, name)
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]
