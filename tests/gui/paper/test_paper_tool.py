"""``make paper`` writes a picture of each page and removes those of no kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from tests.support.paper.paper_kinds import kinds
from tools.paper import take

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def test_each_page_becomes_a_picture_and_what_is_of_no_kind_goes(
    qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    (tmp_path / "gone-1.png").write_bytes(b"old")
    some = {name: make for name, make in kinds().items() if name in {"notice-a5", "two-pages-a5"}}
    take(some, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["notice-a5-1.png", "two-pages-a5-1.png", "two-pages-a5-2.png"]
    assert QImage(str(tmp_path / names[0])).width() == 840
