"""What makes the package: small tools, each on its own."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

import pytest

from medcounter.cli.command_list import COMMANDS
from tools.package import compare, icu, man_page, notice, windows_version
from tools.package.inventory import Component
from ui.cli.screen_command_list import with_screen

if TYPE_CHECKING:
    from pathlib import Path

HEADER = struct.pack("<H", 16) + b"\xda\x27" + b"\0" * 12
LETTERS = tuple((f"icudt73l/{name}.res", name.encode() * 16) for name in "abc")


def test_data_packed_for_icu_is_a_table_of_names_and_places_in_order() -> None:
    # Source: ICU's own tools write this form: a count, pairs of offsets, names, aligned contents.
    packed = icu.packed(icu.IcuData("icudt73", HEADER, LETTERS))
    body = packed[len(HEADER) :]
    assert packed.startswith(HEADER)
    assert struct.unpack_from("<I", body) == (3,)
    for at, (name, content) in enumerate(LETTERS):
        name_at, begin = struct.unpack_from("<II", body, 4 + 8 * at)
        assert body[name_at:].startswith(name.encode() + b"\0")
        assert begin % 16 == 0
        assert body[begin : begin + len(content)] == content


@pytest.mark.parametrize(
    "kept", ["coll/zh.res", "coll/root.res", "zh_Hans_CN.res", "gb18030.cnv", "res_index.res"]
)
def test_what_chinese_needs_of_icu_is_kept(kept: str) -> None:
    assert icu.wanted(f"icudt73l/{kept}")


@pytest.mark.parametrize(
    "left", ["coll/ja.res", "curr/zh.res", "brkitr/thaidict.dict", "de_AT.res"]
)
def test_what_other_languages_need_of_icu_is_left_out(left: str) -> None:
    assert not icu.wanted(f"icudt73l/{left}")


def test_a_difference_between_two_builds_is_named(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, content in ((one, b"1"), (other, b"2")):
        folder.mkdir()
        (folder / "same").write_bytes(b"0")
        (folder / "changed").write_bytes(content)
    (one / "gone").touch()
    (other / "link").symlink_to("same")
    found = compare.differences(compare.contents(one), compare.contents(other))
    assert found == ["only in the first: gone", "only in the second: link", "differs: changed"]
    assert compare.differences(compare.contents(one), compare.contents(one)) == []


def test_the_manual_page_names_every_command_and_keeps_to_roff() -> None:
    page = man_page.man_page(with_screen(COMMANDS), "1.2.3", 1795305600)
    assert page.startswith('.TH MEDCOUNTER 1 "2026-11-22" "medcounter 1.2.3"')
    names = [command.name.replace("-", r"\-") for command in with_screen(COMMANDS)]
    assert [name for name in names if f"\n.B {name}\n" not in page] == []
    # A line may begin with a request, never by chance; a bare hyphen would become a dash.
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".TP", ".B", ".I", ".br"}
    commands = page[page.index(".SH 命令") : page.index(".SH 退出码")]
    assert re.findall(r"(?<!\\)-", commands) == []


def test_a_notice_lists_each_part_and_gives_a_shared_licence_once() -> None:
    licence = (("LICENSE", "You may."),)
    parts = (
        Component("one", "1", "MIT", "pkg:pypi/one", texts=licence),
        Component("other", "2", "MIT", "pkg:pypi/other", texts=licence),
        Component("inner", "3", "ISC", "pkg:cargo/inner", within="one"),
    )
    text = notice.notice_text(parts)
    assert "one 1 — MIT\nother 2 — MIT\n" in text
    assert "Within one:\n  inner 3 — ISC" in text
    assert text.count("You may.") == 1
    assert "one: LICENSE\nother: LICENSE" in text


def test_windows_is_told_the_version_in_four_numbers() -> None:
    assert windows_version.numbers("0.1.0") == (0, 1, 0, 0)
    assert windows_version.strings("0.1.0")["FileVersion"] == "0.1.0"
