"""Encode a draft as bytes and back, so that a crash loses no keystroke.

Bytes this version does not understand are treated as no draft; they never stop
the desk from opening.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from pydantic import TypeAdapter, ValidationError

from medcounter.desk.draft.draft import Draft
from medcounter.strict_json import NotCanonicalError, canonical


def dump_draft(draft: Draft) -> bytes:
    """Write a draft in the one form ``load_draft`` reads."""
    plain = asdict(draft)
    try:
        return canonical(plain)
    except NotCanonicalError:
        # A broken paste can hold half a character, which no file can.
        return canonical({name: _whole(value) for name, value in plain.items()})


def load_draft(body: bytes) -> Draft | None:
    """Read a kept draft; None when it is not one of this version's."""
    try:
        return _adapter().validate_json(body, strict=True)
    except ValidationError:
        return None


def _whole(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(_whole(item) for item in value)
    return value


@cache
def _adapter() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)
