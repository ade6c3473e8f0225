"""How a record of the rule language is shown: its keys as fields and groups.

Only the words for it; the tables are in ``rule_shapes`` and ``record_shapes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from medcounter.authoring.form.form_records import FieldKind


@dataclass(frozen=True, slots=True)
class Leaf:
    """A key that is one field.

    Attributes:
        key: Key in the object.
        label: Chinese name.
        kind: How it is typed.
        choices: Name of a list of choices; empty where anything may be typed.
        optional: Whether the key may be left out.
        shown: Whether it is shown where it is left out; else it is offered.
        nullable: Whether null is a value: no source gives it.
        hint: Half a sentence for the one who fills it.
    """

    key: str
    label: str
    kind: FieldKind
    choices: str = ""
    optional: bool = False
    shown: bool = True
    nullable: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Nested:
    """A key that is a group: an object, or a list of them.

    Attributes:
        shape: Name of the shape of the object, or of each entry.
        many: Whether it is a list.
        leaf: What it is where it is written as one value instead.
    """

    key: str
    title: str
    shape: str
    optional: bool = True
    many: bool = False
    leaf: Leaf | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """A key whose object has keys of its own choosing, each a field.

    Attributes:
        labels: Name of the list of choices that labels the keys.
    """

    key: str
    title: str
    labels: str


Part: TypeAlias = Leaf | Nested | Mapped
Shape: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """Objects of several shapes, told apart by one key.

    Attributes:
        key: The key that tells them apart.
        label: Chinese name of that key.
        titles: Chinese heading by value of the key.
    """

    key: str
    label: str
    shapes: Mapping[str, Shape]
    titles: Mapping[str, str]
