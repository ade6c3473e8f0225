"""A signed bundle comes in only when it follows the rules in use."""

from pathlib import Path

import pytest

from medcounter.bundle.bundle_errors import (
    BundleOfOtherPublisherError,
    BundleOlderError,
    BundleRevisionClashError,
    PackageFileError,
    ShippedBundleDamagedError,
)
from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.bundle.signed_package import Floor, book_in_use, open_package, read_package
from medcounter.rules.faults import BundleUnreadableError
from medcounter.trust.roots import Roots
from medcounter.trust.trust_errors import (
    MAX_PACKAGE_BYTES,
    PackageRefusedError,
    PackageTooLargeError,
    RootsUnreadableError,
)
from tests.support.store.store_samples import demo_roots, opened, package, payload
from tools.build_bundle import PARTS, ROOT, build, stale

SEVEN = opened(payload(7))
FLOOR = Floor("test-rules", 7, SEVEN.sha256)


def test_the_next_revision_comes_in_with_the_bytes_that_were_signed() -> None:
    data = payload(8)
    taken = open_package(package(data), demo_roots(), FLOOR)
    assert taken.payload == data
    assert taken.bundle.revision == 8


def test_the_first_bundle_of_a_hall_needs_no_floor() -> None:
    assert open_package(package(payload(1)), demo_roots(), None).bundle.revision == 1


def test_the_same_bundle_may_come_again() -> None:
    assert open_package(package(payload(7)), demo_roots(), FLOOR) == SEVEN


@pytest.mark.parametrize(
    ("data", "refusal", "said"),
    [
        (payload(6), BundleOlderError, "规则包是第 6 版，本机用过第 7 版"),
        (
            payload(7, regions=[{"code": "360000", "name": "江西省"}]),
            BundleRevisionClashError,
            "同为第 7 版而内容不同",
        ),
        (payload(8, "other-rules"), BundleOfOtherPublisherError, "“other-rules”不是本机所用规则"),
    ],
)
def test_a_bundle_that_does_not_follow_is_refused_and_said_why(
    data: bytes, refusal: type[PackageRefusedError], said: str
) -> None:
    with pytest.raises(refusal, match=said) as caught:
        open_package(package(data), demo_roots(), FLOOR)
    assert "没有导入，旧规则继续有效；" in caught.value.text


def test_a_signed_file_that_holds_no_bundle_is_refused() -> None:
    with pytest.raises(BundleUnreadableError):
        open_package(package(b'{"format":1}'), demo_roots(), None)


def test_a_file_is_read_once_and_never_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "规则包.json"
    with pytest.raises(PackageFileError, match=r"规则包\.json.*旧规则继续有效"):
        read_package(path)
    with pytest.raises(PackageFileError):
        read_package(tmp_path)
    with path.open("wb") as file:
        file.truncate(MAX_PACKAGE_BYTES + 1)
    with pytest.raises(PackageTooLargeError):
        read_package(path)


def test_the_shipped_bundle_and_its_hash_are_those_of_its_parts() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in stale(build(PARTS))] == []


def test_the_shipped_bundle_opens() -> None:
    assert open_shipped().payload == build(PARTS)[ROOT / "resources" / "bundle.json"]


def test_the_same_bytes_are_one_book_and_other_bytes_another() -> None:
    assert open_shipped().bundle is open_shipped().bundle
    book = book_in_use(SEVEN.payload)
    # Bytes that are equal and not the same, as two reads of one file give.
    assert book_in_use(bytes(bytearray(SEVEN.payload))) is book
    assert (book.sha256, book.signed) == (SEVEN.sha256, True)
    assert book_in_use(payload(8)).bundle.revision == 8


def test_a_shipped_bundle_that_was_touched_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    with pytest.raises(ShippedBundleDamagedError):
        open_shipped(path)
    path.write_bytes(open_shipped().payload.replace(b"400.00", b"300.00"))
    with pytest.raises(ShippedBundleDamagedError, match="请重新安装本程序"):
        open_shipped(path)


def test_a_release_without_a_file_of_roots_has_no_roots(tmp_path: Path) -> None:
    assert release_roots(tmp_path / "roots.json") == Roots()
    with pytest.raises(RootsUnreadableError):
        release_roots(tmp_path)
