"""Write a draft out as a folder of rules that ``bundle check`` and ``sign`` take.

The nation's part is named in the head and comes with the program; what lies
between, a province's rules, goes along.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from medcounter.authoring.document.canonical_layout import laid_out
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.document.starting_documents import document_of_programme
from medcounter.bundle.rule_folder import NATIONAL_KEY
from medcounter.destinations import destination, require_outside
from medcounter.errors import MedCounterError
from medcounter.places.place_code import NATION
from medcounter.rules.inherit import lineage
from medcounter.rules.load import HEADER, NEWEST_FORMAT

# Files of this name are what a place stands on; they are no drafts when a folder is taken in.
ABOVE = "above-"
# The folder in it that holds the announcements which its sources name.
_WORDS = ("identities", "events", "answers")


class ExportUnwrittenError(MedCounterError):
    """草稿的文件夹写不出去，没有导出完；草稿不变，请检查磁盘空间和文件夹权限后重试。"""


class ExportFolderTakenError(MedCounterError):
    """要导出到的文件夹里已有别的东西，没有导出；请另选一个空的或新的文件夹。"""


def export_files(document: PlaceDocument, base: Mapping[str, Any], on: date) -> dict[str, bytes]:
    """Return the files of a draft's folder by name.

    Args:
        document: The draft.
        base: The document of the rules in use.
        on: Today, for the day of issue.
    """
    own = document.own
    region, scheme = str(own.get("region", "")), str(own.get("scheme", ""))
    years = own.get("benefit_years") or {}
    first, last = years.get("from", on.year), years.get("to", on.year)
    head = {
        "format": NEWEST_FORMAT,
        "id": f"rules-{region}",
        "revision": 1,
        "issued": on.isoformat(),
        "review_by": max(date(last, 12, 31), on).isoformat(),
        NATIONAL_KEY: [scheme],
        "vocabulary": {},
    }
    above = {
        f"{ABOVE}{one['id']}.json": _without_examples(document_of_programme(base, one["id"]))
        for one in base["programmes"]
        if one["scheme"] == scheme
        and one["region"] in lineage(region)[1:]
        and one["region"] != NATION
        and one["benefit_years"]["from"] <= last
        and first <= one["benefit_years"]["to"]
    }
    parts = {f"{region}-{scheme}-{first}.json": document.written(), **above}
    written = b"".join(parts.values())
    head["vocabulary"] = _words(base.get("vocabulary", {}), document.vocabulary, written)
    return {HEADER: laid_out(head), **parts}


def write_export(files: Mapping[str, bytes], folder: Path, data: Path) -> None:
    """Write the files into a new or empty folder.

    Args:
        files: Names to bytes.
        folder: As named.
        data: The data folder, which it must not be in.

    Raises:
        ExportFolderTakenError: Something lies there.
        DestinationRefusedError: It may not be written there.
        ExportUnwrittenError: The disk is full, read-only or gone.
    """
    require_outside(folder, data)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportFolderTakenError(
                f"“{folder}”里已有别的东西，没有导出；请另选一个空的或新的文件夹。"
            )
        destinations = {name: destination(folder / name, data, people=False) for name in files}
        folder.mkdir(parents=True, exist_ok=True)
        for name, place in destinations.items():
            place.write(files[name])
    except OSError as err:
        raise ExportUnwrittenError(
            f"“{folder}”写不进去，没有导出完；草稿不变，请检查磁盘空间和文件夹权限后重试。"
        ) from err


def _words(base: Mapping[str, Any], own: Mapping[str, Any], written: bytes) -> dict[str, Any]:
    """Return the draft's own words, and those of the base that the files use."""
    joined = {}
    for kind in _WORDS:
        mine = list(own.get(kind, ()))
        codes = {one.get("code") for one in mine}
        used = [
            one
            for one in base.get(kind, ())
            if one["code"] not in codes and f'"{one["code"]}"'.encode() in written
        ]
        joined[kind] = [*used, *mine]
    return {kind: words for kind, words in joined.items() if words}


def _without_examples(document: PlaceDocument) -> bytes:
    return laid_out({**document.content, "examples": []})
