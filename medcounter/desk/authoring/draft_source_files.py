"""The source files of an open draft: kept in its store, named by its sources."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from medcounter.authoring.source_files.brought_files import brought_file
from medcounter.authoring.source_files.named_files import (
    NamedFile,
    named_files,
    with_file,
    without_file,
)
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.json_path import JsonPath
from medcounter.rules.bundle import SourceFile


class DraftSourceFiles:
    """The files that an open draft's sources name."""

    def __init__(self, draft: OpenDraft) -> None:
        """Work on an open draft."""
        self._draft = draft

    @property
    def files(self) -> tuple[NamedFile, ...]:
        """The files, in the order of the document."""
        return named_files(self._draft.document)

    def attach(self, path: Path, source: int, at: datetime) -> SourceFile:
        """Keep a file that somebody brought, and name it at its source.

        Args:
            path: As the user named it.
            source: Place of the source in ``sources``, from 0.
            at: Now.

        Raises:
            MedCounterError: It may not be kept; the draft is as before.
        """
        draft = self._draft
        source_id = str(draft.document.at(("sources", source)).get("id", "notice"))
        brought = brought_file(path, source_id, [one.file for one in self.files])
        document = with_file(draft.document, source, brought.file)
        draft.store.attach(brought.file.name, brought.data, draft.entry("附上文件", at))
        words = f"附上公告文件 {brought.file.name}"
        draft.keep(draft.contents.with_document(document), words, at)
        return brought.file

    def detach(self, path: JsonPath, at: datetime) -> None:
        """Take a file out of its source; older versions still have it.

        Raises:
            MedCounterError: There is no such file; or it was not kept.
        """
        draft = self._draft
        document = without_file(draft.document, path)
        draft.keep(draft.contents.with_document(document), "拿掉一个公告文件", at)

    def data(self, file: SourceFile) -> bytes:
        """Return the bytes of a file that is kept.

        Raises:
            DraftFileUnknownError: It was never kept here.
            StoreError: It cannot be read, or is not what was kept.
        """
        return self._draft.store.attached(file.sha256)[1]
