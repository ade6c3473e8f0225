"""Widgets by type and object name, the only way a test finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Found = TypeVar("Found", bound="QObject")


def child(parent: QObject, kind: type[Found], name: str) -> Found:
    """The one child of this type and name; the test fails without it."""
    found: list[Found] = list(parent.findChildren(kind, name))
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def shown(parent: QObject, kind: type[Found], name: str) -> Found | None:
    """The visible child of this type and name; None when there is none."""
    found: list[Found] = list(parent.findChildren(kind, name))
    return next((one for one in found if one.property("visible")), None)
