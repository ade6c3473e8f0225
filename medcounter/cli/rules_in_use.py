"""Find the rules for a command without opening a database.

Without a named bundle: the newest verified bundle of this hall, else the one
that ships. Everything is verified again; nothing is written.
"""

from __future__ import annotations

from pathlib import Path

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.roots_from_folder import opened_by_any, roots_in
from medcounter.bundle.rule_folder import RuleFiles, one_file, open_files, read_rule_folder
from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.bundle.signed_package import OpenedBundle, read_package, verified_payload
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir
from medcounter.places.place_table import full_name
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.trust.roots import Roots

KEPT_BUNDLES = "bundles"
KEPT_ROOTS = "roots"
_ENVELOPE_KEY = "payloadType"


def rules_in_use(bundle: Path | None, folder: Path | None, roots: Roots | None = None) -> RuleBook:
    """Open the rules to answer by.

    Args:
        bundle: A raw bundle, a folder of its parts, or a signed one, for
            this call only; None takes the hall's rules.
        folder: The data folder named on the command line, if any.
        roots: Whose signatures count; those of the program when None.

    Raises:
        MedCounterError: The named bundle is refused, or the program's own
            is damaged.
    """
    if bundle is not None:
        opened, signed = open_named(bundle)
        return RuleBook.open(opened.bundle, opened.sha256, signed=signed, place_name=full_name)
    newest = open_shipped()
    release = release_roots() if roots is None else roots
    roots = roots_in(data_dir(folder) / KEPT_ROOTS, release)
    for path in sorted(_kept(data_dir(folder) / KEPT_BUNDLES)):
        try:
            opened = opened_by_any(read_package(path), roots)
        except MedCounterError:
            # A kept copy of the shipped bundle has no signature, and a damaged one is
            # told when the desk opens.
            continue
        if opened.bundle.id == newest.bundle.id:
            newest = max(newest, opened, key=lambda one: one.bundle.revision)
    return RuleBook.open(newest.bundle, newest.sha256, signed=True, place_name=full_name)


def open_named(path: Path) -> tuple[OpenedBundle, bool]:
    """Open a bundle by its path: a raw file, a folder, or a signed file.

    Returns:
        The bundle, and whether its signatures were verified.

    Raises:
        MedCounterError: It cannot be read or is refused.
    """
    files, signed = named_files(path)
    return open_files(files), signed


def named_files(path: Path) -> tuple[RuleFiles, bool]:
    """Read the files of a bundle by its path, without reading what they say.

    Returns:
        The files, and whether signatures were verified.

    Raises:
        MedCounterError: They cannot be read, or the signatures do not count.
    """
    if path.is_dir():
        return read_rule_folder(path), False
    data = read_package(path)
    if is_envelope(data):
        # What is in it is said to be a bundle by the roots; whether it is one, checking tells.
        return one_file(verified_payload(data, release_roots())), True
    return one_file(data), False


def is_envelope(data: bytes) -> bool:
    """Return whether a file is a signed one; broken JSON is none."""
    try:
        document = read_strict(data)
    except StrictJsonError:
        return False
    return isinstance(document, dict) and _ENVELOPE_KEY in document


def _kept(folder: Path) -> list[Path]:
    return list(folder.glob("*.json")) if folder.is_dir() else []
