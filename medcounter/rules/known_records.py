"""Make records of JSON that was read whole before, without checking it again.

What checks the rule language takes a sixth of a start to build; what is known to be
right needs its values alone. How a value is made is taken from the field, so that no
record is described twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from inspect import get_annotations
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ForwardRef,
    Literal,
    NamedTuple,
    TypeGuard,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from medcounter.rules.values import Record

R = TypeVar("R", bound=Record)
_Make = Callable[[Any], Any]
_UNIONS = frozenset({Union, UnionType})


class _Field(NamedTuple):
    """One field of a record: its name, its key in JSON, and how its value is made."""

    name: str
    key: str
    default: object
    make: _Make


def known_record(kind: type[R], written: Mapping[str, Any]) -> R:
    """Make the record that validating the same JSON once made.

    Args:
        kind: What it is a record of.
        written: JSON out of a bundle that was read whole.
    """
    given: set[str] = set()
    values: dict[str, Any] = {}
    for name, key, default, make in _fields(kind):
        if key in written:
            given.add(name)
            values[name] = make(written[key])
        else:
            values[name] = default
    record: Any = kind.model_construct(given, **values)
    return record  # type: ignore[no-any-return]  # of the kind asked for


@cache
def _fields(kind: type[Record]) -> tuple[_Field, ...]:
    return tuple(
        _Field(name, field.alias or name, field.default, _maker(_type_of(kind, name), (field,)))
        for name, field in kind.model_fields.items()
    )


def _type_of(kind: type[Record], name: str) -> object:
    written: object = kind.model_fields[name].annotation
    if not isinstance(written, ForwardRef):
        return written
    # Conditions stand in conditions, which were made before the union of all of them.
    owner = next(one for one in kind.__mro__ if name in get_annotations(one))
    return get_annotations(owner, eval_str=True)[name]


def _maker(written: object, beside: Iterable[object] = ()) -> _Make:
    """Return what makes a value of a type from its JSON.

    Args:
        written: The type.
        beside: What is annotated beside it.
    """
    if get_origin(written) is Annotated:
        written, *beside = get_args(written)
    notes = [*beside]
    notes += [more for note in notes if isinstance(note, FieldInfo) for more in note.metadata]
    for note in notes:
        if isinstance(note, BeforeValidator):
            make: Any = note.func
            return make  # type: ignore[no-any-return]  # the record's own
        if isinstance(note, FieldInfo) and note.discriminator:
            return _by_tag(str(note.discriminator), get_args(written))
    if _is_record(written):
        return partial(known_record, written)
    if get_origin(written) is tuple:
        return _each(_maker(get_args(written)[0]))
    if get_origin(written) in _UNIONS:
        return _either([part for part in get_args(written) if part is not NoneType])
    return _as_written


def _as_written(value: object) -> object:
    return value


def _is_record(written: object) -> TypeGuard[type[Record]]:
    return isinstance(written, type) and issubclass(written, Record)


def _each(make: _Make) -> _Make:
    return tuple if make is _as_written else lambda values: tuple(map(make, values))


def _by_tag(tag: str, kinds: Iterable[type[Record]]) -> _Make:
    made = {get_args(_type_of(kind, tag))[0]: kind for kind in kinds}
    return lambda value: known_record(made[value[tag]], value)


def _either(parts: Iterable[object]) -> _Make:
    """Tell the parts of a union apart by what stands in JSON."""
    makes: dict[type, _Make] = {}
    words: frozenset[str] = frozenset()
    for part in parts:
        plain = get_args(part)[0] if get_origin(part) is Annotated else part
        if get_origin(plain) is Literal:
            words |= set(get_args(plain))
        elif _is_record(plain) or get_origin(plain) in _UNIONS:
            makes[dict] = _maker(part)
        elif get_origin(plain) is tuple:
            makes[list] = _maker(part)
        elif (make := _maker(part)) is not _as_written:
            makes[str] = make

    def made(value: object) -> object:
        make = makes.get(type(value), _as_written)
        return value if isinstance(value, str) and value in words else make(value)

    return made
