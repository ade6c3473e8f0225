"""The files that a draft's sources name: listed, added, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.json_path import JsonPath
from medcounter.rules.bundle import SourceFile

_SOURCES, _FILES = "sources", "files"


class NamedFile(NamedTuple):
    """A file that a source names.

    Attributes:
        path: Of the file in the document.
        source: Title of the source, or its id where it has none.
    """

    path: JsonPath
    source: str
    file: SourceFile


def named_files(document: PlaceDocument) -> tuple[NamedFile, ...]:
    """List the files in the order of the document; one that is misshapen is left out."""
    return tuple(_named(document.content.get(_SOURCES)))


def with_file(document: PlaceDocument, source: int, file: SourceFile) -> PlaceDocument:
    """Return a document whose source names a file; unchanged where it does already.

    Args:
        document: The draft.
        source: Place of the source in ``sources``, from 0.
        file: What was kept.

    Raises:
        NoSuchPlaceError: There is no such source.
    """
    path: JsonPath = (_SOURCES, source, _FILES)
    written = file.model_dump(mode="json")
    held: Json = document.at((_SOURCES, source)).get(_FILES)
    if not isinstance(held, list):
        return document.replaced(path, [written])
    return document if written in held else document.inserted((*path, len(held)), written)


def without_file(document: PlaceDocument, path: JsonPath) -> PlaceDocument:
    """Return a document without a file; the key goes with the last of them.

    Raises:
        NoSuchPlaceError: There is no such file.
    """
    left = document.removed(path)
    return left if left.at(path[:-1]) else left.removed(path[:-1])


def _named(sources: Json) -> Iterator[NamedFile]:
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        files = source.get(_FILES) if isinstance(source, dict) else None
        for place, written in enumerate(files if isinstance(files, list) else ()):
            try:
                file = SourceFile.model_validate(written)
            except ValueError:
                continue
            title = str(source.get("title") or source.get("id") or "")
            yield NamedFile((_SOURCES, number, _FILES, place), title, file)
