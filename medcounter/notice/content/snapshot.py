"""Encode a notice as bytes for the ledger, and decode it exactly as issued.

The format carries its own name and version, so that a ledger outlives the
program that wrote it. Touches no file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from medcounter.errors import MedCounterError
from medcounter.notice.content.notice import Notice
from medcounter.strict_json import StrictJsonError, canonical, read_strict

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORMAT = "medcounter-notice"
VERSION = 1


class SnapshotUnreadableError(MedCounterError):
    """这张通知单的存档无法读取，不能查看和补打；请用备份核对账册，需要时作废后重新出单。"""


class SnapshotNewerError(MedCounterError):
    """这张通知单由更新版本的程序存档，本版本不能查看和补打；请升级程序后重试。"""


def dump(notice: Notice) -> bytes:
    """Write a notice as canonical JSON.

    Raises:
        NotCanonicalError: A text holds characters that JSON cannot carry.
    """
    body = _adapter().dump_python(notice, mode="json")
    # A notice by an office's rules is what it was before halls had any; one without
    # a clerk's words, what it was before there were such.
    for name in ("made_by", "clerk_words"):
        if not body[name]:
            del body[name]
    if not body["stamp"]["bundles"]:
        del body["stamp"]["bundles"]
    return canonical({"format": FORMAT, "version": VERSION, "notice": body})


def load(data: bytes) -> Notice:
    """Read a notice back.

    Raises:
        SnapshotNewerError: A newer program wrote it.
        SnapshotUnreadableError: It is no snapshot, or a damaged one.
    """
    try:
        content = read_strict(data)
    except StrictJsonError as err:
        raise SnapshotUnreadableError from err
    match content:
        case {"format": "medcounter-notice", "version": int(version), "notice": body}:
            if version > VERSION:
                raise SnapshotNewerError
            return _read(body, data)
        case _:
            raise SnapshotUnreadableError


def _read(body: object, data: bytes) -> Notice:
    try:
        notice = _adapter().validate_json(canonical(body), strict=True)
    except ValueError as err:
        raise SnapshotUnreadableError from err
    # Reject a snapshot that does not re-serialise to the same bytes: another version wrote it.
    if dump(notice) != data:
        raise SnapshotUnreadableError
    return notice


@cache
def _adapter() -> TypeAdapter[Notice]:
    # pydantic is slow to import and needed only once a notice is stored.
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    return TypeAdapter(Notice)
