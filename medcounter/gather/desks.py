"""The desks registered for gathering, by fingerprints that were read aloud.

Decides whether a ledger is one of them. A file names its own key, so nothing
in it can prove whose it is: only somebody at the desk can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from medcounter.files import write_durably
from medcounter.gather.gather_errors import (
    DesksUnreadableError,
    FingerprintUnreadableError,
    GatherError,
)
from medcounter.strict_json import StrictJsonError, canonical, read_strict

FILE = "desks.json"
_FORMAT = "medcounter-desks"
_VERSION = 1
_DIGITS, _GROUP = 16, 4
_BETWEEN = re.compile(r"[\s\-·,，.]+")
_HEX = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


@dataclass(frozen=True, slots=True)
class KnownDesk:
    """A desk whose fingerprint was read aloud.

    Attributes:
        fingerprint: Of its ledger, 16 hex digits in groups of four.
        name: What the desk is called here.
        confirmed_at: When, ISO with offset.
    """

    fingerprint: str
    name: str
    confirmed_at: str


def read_fingerprint(text: str) -> str:
    """Read a fingerprint as it was heard, in letters of any size, however grouped.

    Raises:
        FingerprintUnreadableError: It is none.
    """
    digits = _BETWEEN.sub("", text).lower()
    if not _HEX.fullmatch(digits):
        raise FingerprintUnreadableError(
            f"“{text}”不是台账指纹，没有记下；指纹是 16 位 0 到 9、a 到 f，请对方再念一遍。"
        )
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def known_desks(folder: Path) -> dict[str, KnownDesk]:
    """Return the desks a folder gathers, by fingerprint; none in a new one.

    Raises:
        DesksUnreadableError: The list cannot be read.
    """
    try:
        content = read_strict((folder / FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, StrictJsonError) as err:
        raise DesksUnreadableError from err
    match content:
        case {"format": "medcounter-desks", "version": 1, "desks": [*desks]}:
            known = [_desk(each) for each in desks]
            return {desk.fingerprint: desk for desk in known}
    raise DesksUnreadableError


def confirm(folder: Path, heard: Iterable[tuple[str, str]], at: datetime) -> tuple[KnownDesk, ...]:
    """Write down desks that were read aloud; one known already gets the new name.

    Args:
        folder: Made if missing.
        heard: Fingerprint and name of each.
        at: Now, with its zone.

    Raises:
        DesksUnreadableError: The list that is there cannot be read.
        FingerprintUnreadableError: One is no fingerprint; none is kept.
        GatherError: The list could not be written.
    """
    confirmed_at = at.isoformat(timespec="seconds")
    new = tuple(
        KnownDesk(read_fingerprint(text), name.strip(), confirmed_at) for text, name in heard
    )
    known = known_desks(folder)
    _write(folder, known | {desk.fingerprint: desk for desk in new})
    return new


def forget(folder: Path, text: str) -> KnownDesk:
    """Take a desk off the list; what was gathered of it stays and counts no more.

    Raises:
        DesksUnreadableError: The list that is there cannot be read.
        FingerprintUnreadableError: It is no fingerprint, or none on the list.
        GatherError: The list could not be written.
    """
    known = known_desks(folder)
    gone = known.pop(read_fingerprint(text), None)
    if gone is None:
        raise FingerprintUnreadableError(
            f"指纹“{text}”不在窗口名单上，名单没有改动；请核对后重试。"
        )
    _write(folder, known)
    return gone


def _write(folder: Path, desks: Mapping[str, KnownDesk]) -> None:
    listed = [
        {"confirmed_at": desk.confirmed_at, "fingerprint": desk.fingerprint, "name": desk.name}
        for desk in sorted(desks.values(), key=lambda desk: desk.fingerprint)
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data = canonical({"desks": listed, "format": _FORMAT, "version": _VERSION})
        write_durably(folder / FILE, data)
    except OSError as err:
        raise GatherError(
            f"窗口名单没有写进“{folder.name}”，名单没有改动；请检查磁盘空间和权限。"
        ) from err


def _desk(content: object) -> KnownDesk:
    match content:
        case {"fingerprint": str(text), "name": str(name), "confirmed_at": str(at)}:
            try:
                return KnownDesk(read_fingerprint(text), name, at)
            except FingerprintUnreadableError as err:
                raise DesksUnreadableError from err
    raise DesksUnreadableError
