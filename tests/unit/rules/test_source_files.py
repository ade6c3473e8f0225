"""A source's files lie beside the bundle, and their hashes within what is signed."""

import hashlib
import json

import pytest

from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.load import read_bundle
from tests.support.rules.rule_samples import Json, bundle_of, nation, programme, standard, window

PAGE = hashlib.sha256(b"page").hexdigest()
OTHER = hashlib.sha256(b"another page").hexdigest()
RULES = [window("main", "2025-09-01", "2025-12-20"), standard("400.00")]


def with_files(*files: Json, bundle_format: int = 2, more: tuple[Json, ...] = ()) -> bytes:
    whole = bundle_of(nation(), programme(RULES))
    [first, *others] = whole["sources"]
    sources = [{**first, "files": list(files)}, *others, *more]
    return json.dumps({**whole, "format": bundle_format, "sources": sources}).encode()


def faults(*files: Json, bundle_format: int = 2, more: tuple[Json, ...] = ()) -> tuple[Fault, ...]:
    with pytest.raises(BundleUnreadableError) as refused:
        read_bundle(with_files(*files, bundle_format=bundle_format, more=more))
    return refused.value.faults


def picture(name: str = "order-1.jpg", **more: object) -> Json:
    return {"name": name, "sha256": PAGE, "kind": "picture", **more}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("order-1.jpg", "picture"),
        ("order-1.png", "picture"),
        ("order.pdf", "pdf"),
        ("order.txt", "text"),
    ],
)
def test_a_source_names_its_files_with_their_hashes(name: str, kind: str) -> None:
    bundle = read_bundle(with_files(picture(name, kind=kind)))
    [file] = bundle.sources[0].files
    assert (file.name, file.sha256, file.kind) == (name, PAGE, kind)


def test_a_source_without_files_has_none() -> None:
    assert read_bundle(with_files()).sources[0].files == ()


@pytest.mark.parametrize(
    ("name", "kind", "ending"),
    [
        ("order.pdf", "picture", ".jpg 或 .png"),
        ("order.txt", "pdf", ".pdf"),
        ("order.png", "text", ".txt"),
    ],
)
def test_a_name_that_belies_its_kind_is_refused(name: str, kind: str, ending: str) -> None:
    [fault] = faults(picture(name, kind=kind))
    assert fault.path == "sources[0].files[0]"
    assert f"应以 {ending} 结尾" in fault.text


@pytest.mark.parametrize(
    "name",
    [
        "../order.jpg",
        "a/b.jpg",
        "C:\\order.jpg",
        "公告.jpg",
        "Order.jpg",
        "order.exe",
        "order",
        ".jpg",
    ],
)
def test_a_name_that_could_lie_elsewhere_or_be_read_otherwise_is_refused(name: str) -> None:
    [fault] = faults(picture(name))
    assert fault.path == "sources[0].files[0].name"
    assert "文件名只用小写字母" in fault.text


@pytest.mark.parametrize("sha256", ["", "abc", PAGE.upper(), PAGE + "0", f"{PAGE}\n"])
def test_a_hash_is_sixty_four_hex_digits_in_lower_case(sha256: str) -> None:
    [fault] = faults(picture(sha256=sha256))
    assert fault.path == "sources[0].files[0].sha256"
    assert "64 位" in fault.text


def test_a_file_is_named_once_in_a_source() -> None:
    [fault] = faults(picture(), picture())
    assert fault.path == "sources[0].files"
    assert "“order-1.jpg”写了 2 次" in fault.text


def test_two_sources_may_share_a_file_but_not_a_name_for_two_files() -> None:
    source = {
        "id": "annex",
        "title": "附件",
        "publisher": "甲省医疗保障局",
        "grade": "A",
        "published": None,
        "checked": "2026-01-15",
    }
    read_bundle(with_files(picture(), more=({**source, "files": [picture()]},)))
    other = {**source, "files": [picture(sha256=OTHER)]}
    [fault] = faults(picture(), more=(other,))
    number = len(bundle_of()["sources"])
    assert fault.path == f"sources[{number}].files[0].name"
    assert "两个文件要用两个名字" in fault.text


def test_files_came_with_format_2() -> None:
    [fault] = faults(picture(), bundle_format=1)
    assert fault.path == "sources[0].files"
    assert "格式 2" in fault.text
