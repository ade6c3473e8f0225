"""What the window remembers survives a restart, and never stops one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from medcounter.window_memory import (
    WINDOW_FILE,
    WindowMemory,
    load_window_memory,
    save_window_memory,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_kept_comes_back_the_same(tmp_path: Path) -> None:
    memory = WindowMemory({"save_pdf_files": "/media/U 盘"}, ("number", "total"))
    memory = memory.with_list({"谁": "name"}, {"是本人的吗？": "read"})
    save_window_memory(tmp_path / WINDOW_FILE, memory)
    assert load_window_memory(tmp_path / WINDOW_FILE) == memory


def test_the_folder_of_one_kind_of_file_leaves_the_others() -> None:
    memory = WindowMemory({"a": "1", "b": "2"}).with_folder("a", "3")
    assert memory.folders == {"a": "3", "b": "2"}


def test_the_latest_that_was_said_of_a_list_counts_and_the_oldest_is_forgotten() -> None:
    memory = WindowMemory().with_list({"谁": "name", "甲": ""}, {})
    memory = memory.with_list({"谁": "village"}, {})
    assert list(memory.list_columns.items()) == [("甲", ""), ("谁", "village")]
    for number in range(100):
        memory = memory.with_list({f"列{number}": ""}, {})
    assert list(memory.list_columns) == [f"列{number}" for number in range(100)]


def test_a_row_that_was_taken_for_headings_is_not_remembered() -> None:
    said = {"张三": "name", "36010319880712123X": "id_number"}
    assert WindowMemory().with_list(said, {}).list_columns == {"张三": "name"}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"\xff", b'{"folders": [1], "ledger_columns": {"a": 1}}', b'{"a": 1}'],
)
def test_what_cannot_be_read_is_not_remembered(tmp_path: Path, body: bytes) -> None:
    (tmp_path / WINDOW_FILE).write_bytes(body)
    assert load_window_memory(tmp_path / WINDOW_FILE) == WindowMemory()


def test_of_a_file_half_right_the_right_half_is_remembered(tmp_path: Path) -> None:
    body = b'{"folders": {"a": "1", "b": 2}, "ledger_columns": ["number", 3]}'
    (tmp_path / WINDOW_FILE).write_bytes(body)
    assert load_window_memory(tmp_path / WINDOW_FILE) == WindowMemory({"a": "1"}, ("number",))


def test_a_folder_that_is_gone_keeps_nothing_and_raises_nothing(tmp_path: Path) -> None:
    save_window_memory(tmp_path / "gone" / WINDOW_FILE, WindowMemory())
    assert not (tmp_path / "gone").exists()
