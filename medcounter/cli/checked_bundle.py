"""Check a named bundle wholly, with the proofs kept from the check before.

Writes nothing but those proofs, into the user's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.known_proofs import KnownProofs
from medcounter.bundle.author_check import check_payload
from medcounter.bundle.kept_proofs import keep_proofs, kept_proofs, prover_version
from medcounter.bundle.rule_folder import RuleFiles, open_files
from medcounter.bundle.shipped_hash import SHIPPED_SHA256
from medcounter.cli.rules_in_use import named_files, rules_in_use
from medcounter.errors import MedCounterError
from medcounter.paths import cache_dir
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import BundleUnreadableError


class BundleUncheckedError(MedCounterError):
    """规则包没有通过检查，没有测算；请运行 medcounter bundle check，改正指出的各处再试。"""


def checked_files(
    files: RuleFiles, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Bundle:
    """Check files wholly and keep the proofs.

    Args:
        files: Of one bundle.
        progress: Told how many programmes and years are proven, of how many.

    Raises:
        BundleUnreadableError: With every fault, each with its place.
    """
    known = KnownProofs(prover_version(), kept_proofs(cache_dir()))
    try:
        return check_payload(files.payload, files.places(), known, progress, files.beside)
    finally:
        keep_proofs(cache_dir(), known)


def rules_to_answer_by(bundle: Path | None, folder: Path | None) -> RuleBook:
    """Open the rules to answer residents by; an unproven draft answers nobody.

    Args:
        bundle: As ``rules_in_use`` has it. What is signed was proven before, and so
            was what ships.
        folder: Likewise.

    Raises:
        BundleUncheckedError: The draft has a fault; the first is told.
        MedCounterError: As ``rules_in_use`` has it.
    """
    if bundle is None:
        return rules_in_use(None, folder)
    files, signed = named_files(bundle)
    opened = open_files(files)
    if not signed and opened.sha256 != SHIPPED_SHA256:
        _require_checked(files, bundle)
    return RuleBook.open(opened.bundle, opened.sha256, signed=signed, place_name=full_name)


def _require_checked(files: RuleFiles, path: Path) -> None:
    try:
        checked_files(files)
    except BundleUnreadableError as err:
        first, count = err.faults[0], len(err.faults)
        raise BundleUncheckedError(
            f"规则包没有通过检查（共 {count} 处），没有测算：{first.where}：{first.text}"
            f"请运行 medcounter bundle check {path}，改正指出的各处再试。"
        ) from err
