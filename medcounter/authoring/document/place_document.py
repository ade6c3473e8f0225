"""The document of a draft: the JSON itself, never changed where it stands.

A file may hold several programmes; a draft writes one of them, and the others
stay as they are. Codes of its own stand beside it and become its head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from medcounter.authoring.document import document_path
from medcounter.authoring.document.canonical_layout import laid_out
from medcounter.authoring.document.document_path import Json, NoSuchPlaceError
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath
from medcounter.strict_json import StrictJsonError, read_strict

VOCABULARY = "vocabulary"
_EMPTY: Mapping[str, Json] = MappingProxyType({})


class NotAPlaceError(MedCounterError):
    """文件不是一个地区的规则（没有方案），不能编辑；请选择规则包文件夹里地区的文件。"""


@dataclass(frozen=True, slots=True)
class PlaceDocument:
    """A bundle part as it is being written.

    Attributes:
        original: The bytes that were opened; empty for a new document.
        content: The part: regions, sources, programmes, examples.
        programme: Place in ``programmes`` of the one that is written.
        vocabulary: Identities, events and answers that the draft adds, as a
            bundle's head has them; paths into it begin with ``vocabulary``.
    """

    original: bytes
    content: Mapping[str, Any]
    programme: int = 0
    vocabulary: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)

    @classmethod
    def opened(
        cls, data: bytes, programme: int = 0, vocabulary: Mapping[str, Any] = _EMPTY
    ) -> PlaceDocument:
        """Open a part.

        Args:
            data: The file.
            programme: Which of its programmes is written, from 0.
            vocabulary: That of the head beside it.

        Raises:
            StrictJsonError: No JSON.
            NotAPlaceError: JSON, but no such programme in it.
        """
        content = read_strict(data)
        programmes = content.get("programmes") if isinstance(content, dict) else None
        if not isinstance(content, dict) or not isinstance(programmes, list):
            raise NotAPlaceError
        if not 0 <= programme < len(programmes) or not isinstance(programmes[programme], dict):
            raise NotAPlaceError
        return cls(data, content, programme, vocabulary)

    def written(self) -> bytes:
        """Return the file: the bytes opened where nothing changed, else laid out."""
        try:
            unchanged = self.content == read_strict(self.original)
        except StrictJsonError:
            unchanged = False
        return self.original if unchanged else laid_out(self.content)

    @property
    def base(self) -> JsonPath:
        """Path of the programme that is written."""
        return ("programmes", self.programme)

    @property
    def own(self) -> Mapping[str, Any]:
        """The programme that is written."""
        found: Mapping[str, Any] = self.content["programmes"][self.programme]
        return found

    def at(self, path: JsonPath) -> Json:
        """Return what stands at a path.

        Raises:
            NoSuchPlaceError: Nothing stands there.
        """
        return document_path.value_at(self._whole, path)

    def has(self, path: JsonPath) -> bool:
        """Return whether anything stands at a path."""
        try:
            self.at(path)
        except NoSuchPlaceError:
            return False
        return True

    def replaced(self, path: JsonPath, value: Json) -> PlaceDocument:
        """Return a document with a value at a path; a new key comes last.

        Raises:
            NoSuchPlaceError: What should hold it is not there.
        """
        return self._with(document_path.with_value(self._whole, path, value))

    def inserted(self, path: JsonPath, value: Json) -> PlaceDocument:
        """Return a document with a value before an entry of a list.

        Raises:
            NoSuchPlaceError: There is no such list or place in it.
        """
        return self._with(document_path.with_inserted(self._whole, path, value))

    def removed(self, path: JsonPath) -> PlaceDocument:
        """Return a document without what stands at a path.

        Raises:
            NoSuchPlaceError: Nothing stands there.
        """
        return self._with(document_path.without(self._whole, path))

    @property
    def _whole(self) -> Json:
        return {**self.content, VOCABULARY: dict(self.vocabulary)}

    def _with(self, whole: Json) -> PlaceDocument:
        content = {key: value for key, value in whole.items() if key != VOCABULARY}
        return replace(self, content=content, vocabulary=whole.get(VOCABULARY, {}))
