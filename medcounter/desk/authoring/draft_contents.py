"""What a rule draft holds, and the bytes in which the store keeps it.

One change touches one place of one part. What another program of ours wrote into a
part that is not known here stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.bundle.signed_package import OpenedBundle
from medcounter.desk.authoring.authoring_errors import DraftUnreadableError
from medcounter.strict_json import StrictJsonError, read_strict

_ORIGINAL, _CONTENT, _HEAD = "original", "content", "head"
_EMPTY: Mapping[str, Json] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BaseStamp:
    """The rules in use that a draft was written over.

    Attributes:
        bundle: Their id.
        revision: Their number.
        sha256: Hash of their payload.
    """

    bundle: str
    revision: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DraftContents:
    """All that one version of a draft holds.

    Attributes:
        document: The rules being written.
        base: The rules in use that it was written over last.
        beside: What stands beside the document, each under its name:
            ``carried`` marks, ``ticks``, ``notices`` and what else there is.
    """

    document: PlaceDocument
    base: BaseStamp
    beside: Mapping[str, Json] = field(default_factory=lambda: _EMPTY)

    def with_document(self, document: PlaceDocument) -> DraftContents:
        """Return contents with another document."""
        return replace(self, document=document)

    def with_beside(self, name: str, value: Json) -> DraftContents:
        """Return contents with other data beside the document."""
        return replace(self, beside={**self.beside, name: value})

    def parts(self) -> dict[str, bytes]:
        """Return the bytes that the store keeps."""
        document, base = self.document, self.base
        head = {
            "base": {"bundle": base.bundle, "revision": base.revision, "sha256": base.sha256},
            "programme": document.programme,
            "vocabulary": dict(document.vocabulary),
        }
        beside = {name: _line(value) for name, value in self.beside.items()}
        return {
            **beside,
            _CONTENT: _line(dict(document.content)),
            _HEAD: _line(head),
            _ORIGINAL: document.original,
        }


@lru_cache(maxsize=2)
def document_of(payload: bytes) -> Mapping[str, Any]:
    """Return the rules in use as a document; read once for the same bytes."""
    found: Mapping[str, Any] = json.loads(payload)
    return found


def base_stamp(opened: OpenedBundle) -> BaseStamp:
    """Name the rules in use."""
    return BaseStamp(opened.bundle.id, opened.bundle.revision, opened.sha256)


def contents(parts: Mapping[str, bytes]) -> DraftContents:
    """Return what the bytes of a version hold.

    Raises:
        DraftUnreadableError: Another program of ours wrote them.
    """
    try:
        return _contents(parts)
    except (StrictJsonError, KeyError, TypeError, ValueError) as err:
        raise DraftUnreadableError from err


def _line(value: Json) -> bytes:
    """Write a value as JSON in one line, its keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _contents(parts: Mapping[str, bytes]) -> DraftContents:
    head: Any = read_strict(parts[_HEAD])
    content: Any = read_strict(parts[_CONTENT])
    document = PlaceDocument(
        parts[_ORIGINAL], content, int(head["programme"]), dict(head["vocabulary"])
    )
    base = head["base"]
    beside = {
        name: read_strict(data)
        for name, data in parts.items()
        if name not in (_ORIGINAL, _CONTENT, _HEAD)
    }
    stamp = BaseStamp(str(base["bundle"]), int(base["revision"]), str(base["sha256"]))
    return DraftContents(document, stamp, beside)
