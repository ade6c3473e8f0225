"""Open a signed rule file, or reject it.

Checks signatures, publisher and revision, then returns the payload's bytes and
the bundle parsed from them. Changes nothing; ``prove_payload`` recomputes the
bundle's own examples.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle import bundle_errors
from medcounter.bundle.shipped_hash import SHIPPED_SHA256
from medcounter.files import FileTooLargeError, read_bounded
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import Bundle
from medcounter.rules.load import read_bundle, read_shipped
from medcounter.trust.roots import Roots
from medcounter.trust.trust_errors import MAX_PACKAGE_BYTES, PackageTooLargeError


@dataclass(frozen=True, slots=True)
class Floor:
    """The newest rules a hall has ever used; nothing older is accepted.

    Attributes:
        bundle: The bundle's id.
        revision: Its number.
        sha256: Hex hash of its payload.
    """

    bundle: str
    revision: int
    sha256: str


class OpenedBundle(NamedTuple):
    """A bundle and the exact bytes it was read from."""

    payload: bytes
    bundle: Bundle

    @property
    def sha256(self) -> str:
        """Hash of the payload, hex."""
        return _sha256(self.payload)


# Every opening of a desk compares the same bundle's several times.
@lru_cache(maxsize=2)
def _sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


@lru_cache(maxsize=2)
def open_payload(payload: bytes) -> OpenedBundle:
    """Read a bundle; what was read last is not read again.

    One program opens a desk many times with the same rules: signing in, practice,
    a rescue. A bundle never changes, so all of them share one. The bundle that ships was
    checked when the program was built, so each of its places is read only when it is
    asked for.

    Raises:
        BundleUnreadableError: It is no bundle this program knows.
    """
    shipped = _sha256(payload) == SHIPPED_SHA256
    return OpenedBundle(payload, read_shipped(payload) if shipped else read_bundle(payload))


@lru_cache(maxsize=2)
def book_in_use(payload: bytes) -> RuleBook:
    """Return the rule book of a bundle whose signatures were verified, opened once.

    Raises:
        BundleUnreadableError: It is no bundle this program knows.
    """
    opened = open_payload(payload)
    return RuleBook.open(opened.bundle, opened.sha256, signed=True, place_name=full_name)


@lru_cache(maxsize=2)
def prove_payload(payload: bytes) -> None:
    """Prove a bundle and recompute its examples, once for the same bytes.

    Raises:
        BundleUnreadableError: It is no bundle this program knows, has a gap or
            an overlap, or an example comes out otherwise.
    """
    from medcounter.assess.prove.activation import activate  # noqa: PLC0415 - no start proves anything

    opened = open_payload(payload)
    activate(opened.bundle, opened.sha256, signed=False)


def read_package(path: Path) -> bytes:
    """Read a package file once, and never more than 20 MB.

    Raises:
        PackageTooLargeError: It holds more.
        PackageFileError: It is not there or cannot be read.
    """
    try:
        return read_bounded(path, MAX_PACKAGE_BYTES)
    except FileTooLargeError as err:
        raise PackageTooLargeError from err
    except OSError as err:
        raise bundle_errors.PackageFileError(
            f"规则包文件“{path.name}”无法读取", "请检查 U 盘或文件夹后重试"
        ) from err


def verified_payload(data: bytes, roots: Roots) -> bytes:
    """Verify a signed package and return what is in it, unread.

    Raises:
        PackageRefusedError: One subclass per cause.
    """
    # Loaded only here: it takes some 50 ms that a start without synced rules can spare.
    from medcounter.trust.envelope import verify  # noqa: PLC0415 - see above

    return verify(data, roots)


def open_package(data: bytes, roots: Roots, floor: Floor | None) -> OpenedBundle:
    """Verify a signed package and read the bundle in it.

    Args:
        data: The file's bytes.
        roots: Whose signatures count.
        floor: The newest rules ever used here; the same ones may come again.

    Raises:
        PackageRefusedError: One subclass per cause; nothing was changed.
        BundleUnreadableError: What is in it is no bundle we know.
    """
    opened = open_payload(verified_payload(data, roots))
    if floor is not None:
        _refuse_below(opened, floor)
    return opened


def _refuse_below(opened: OpenedBundle, floor: Floor) -> None:
    bundle = opened.bundle
    if bundle.id != floor.bundle:
        raise bundle_errors.BundleOfOtherPublisherError(
            f"规则包“{bundle.id}”不是本机所用规则“{floor.bundle}”的后续版本",
            "请核对是否选错了文件",
        )
    if bundle.revision < floor.revision:
        raise bundle_errors.BundleOlderError(
            f"规则包是第 {bundle.revision} 版，本机用过第 {floor.revision} 版",
            "请向发布单位索取最新的规则包",
        )
    if bundle.revision == floor.revision and opened.sha256 != floor.sha256:
        raise bundle_errors.BundleRevisionClashError(
            f"规则包与本机现有规则同为第 {bundle.revision} 版而内容不同",
            "请向发布单位核实",
        )
