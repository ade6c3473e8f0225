"""Read rules from where an author keeps them: one file, or a folder of parts.

A folder's head may name the national part (``"national": ["resident"]``) and places
above whose rules ship (``"inherits": ["430000"]``); they are then taken from the program
itself and never copied by hand. Writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medcounter.bundle.fault_places import FaultPlaces
from medcounter.bundle.signed_package import OpenedBundle, read_package
from medcounter.bundle.superior_parts import INHERITS_KEY, forgotten, superior_parts, with_words
from medcounter.paths import resource
from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.load import HEADER, join_parts, read_bundle
from medcounter.strict_json import StrictJsonError, canonical, read_strict

NATIONAL_KEY = "national"
_HEAD_PLACE = f"{HEADER}，{NATIONAL_KEY}"
# The flexible scheme's national part names the place and a source of the resident one's.
_NATIONAL_PARTS = {
    "resident": ("national.json",),
    "flexible": ("national.json", "national-flexible.json"),
}


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """The files of one bundle, the national part among them where it is named.

    Attributes:
        parts: File name to bytes; a single file has the empty name.
        payload: The joined document.
        brought: Names of the files that the program brought.
        beside: What the author has to say in the head, and did not.
    """

    parts: Mapping[str, bytes]
    payload: bytes
    brought: frozenset[str] = frozenset()
    beside: tuple[Fault, ...] = ()

    def places(self) -> FaultPlaces:
        """Return where the parts were written, to say where a fault lies."""
        return FaultPlaces(self.parts, self.brought)


def read_rule_folder(folder: Path) -> RuleFiles:
    """Read a folder of parts, with the national part that its head names.

    Raises:
        PackageFileError: A part cannot be read.
        BundleUnreadableError: The parts make no document.
    """
    return rule_files({part.name: read_package(part) for part in sorted(folder.glob("*.json"))})


def rule_files(parts: Mapping[str, bytes]) -> RuleFiles:
    """Join the parts of a folder, with those from above that its head names.

    Args:
        parts: File name to bytes.

    Raises:
        BundleUnreadableError: The parts make no document; or the head names a
            scheme that is none, a place without rules that ship, or a part that
            is in the folder as well.
    """
    head = _head(parts)
    if NATIONAL_KEY not in head and INHERITS_KEY not in head:
        return RuleFiles(parts, join_parts(parts))
    brought: dict[str, bytes] = {}
    if NATIONAL_KEY in head:
        brought |= _nation(head.pop(NATIONAL_KEY), parts)
    beside = () if INHERITS_KEY in head else forgotten(parts)
    above = superior_parts(head.pop(INHERITS_KEY, []), {**parts, **brought})
    if above:
        head = with_words(head, above.values())
    brought |= above
    whole = {**parts, **brought}
    return RuleFiles(
        whole, join_parts({**whole, HEADER: canonical(head)}), frozenset(brought), beside
    )


def one_file(data: bytes) -> RuleFiles:
    """Return a bundle that is one document in one file."""
    return RuleFiles({"": data}, data)


def open_files(files: RuleFiles) -> OpenedBundle:
    """Read the bundle that files make.

    Raises:
        BundleUnreadableError: With all faults, each with its place.
    """
    try:
        return OpenedBundle(files.payload, read_bundle(files.payload))
    except BundleUnreadableError as err:
        raise BundleUnreadableError(files.places().located(err.faults)) from err


def _head(parts: Mapping[str, bytes]) -> dict[str, object]:
    """Return a folder's head; empty where there is none that can be read."""
    try:
        head = read_strict(parts.get(HEADER, b""))
    except StrictJsonError:
        return {}
    return head if isinstance(head, dict) else {}


def _nation(schemes: object, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    known = isinstance(schemes, list) and all(one in _NATIONAL_PARTS for one in schemes)
    if not isinstance(schemes, list) or not known or not schemes:
        text = (
            f"national 写的是 {json.dumps(schemes, ensure_ascii=False)}，"
            '应写成 ["resident"]（居民医保）、["flexible"]（灵活就业），或两个都写。'
        )
        raise BundleUnreadableError([Fault(NATIONAL_KEY, text, place=_HEAD_PLACE)])
    names = dict.fromkeys(name for scheme in schemes for name in _NATIONAL_PARTS[scheme])
    if twice := [name for name in names if name in parts]:
        text = (
            f"文件夹里有 {'、'.join(twice)}，bundle.json 又用 national 带入全国部分，"
            "会重复；请删去其中一样。"
        )
        raise BundleUnreadableError([Fault(NATIONAL_KEY, text, place=_HEAD_PLACE)])
    return {name: resource("bundles", name).read_bytes() for name in names}


def national_years(scheme: str) -> frozenset[int]:
    """Name the benefit years that the program's national part speaks of."""
    years: set[int] = set()
    for name in _NATIONAL_PARTS[scheme]:
        part = json.loads(resource("bundles", name).read_bytes())
        for programme in part["programmes"]:
            if programme["scheme"] == scheme:
                span = programme["benefit_years"]
                years |= set(range(span["from"], span["to"] + 1))
    return frozenset(years)
