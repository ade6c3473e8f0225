"""Halls that write rules: a draft written, one handed over, a second desk.

Everybody and the place are invented.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from medcounter.desk.authoring.draft_release import DraftRelease
from medcounter.desk.authoring.draft_ticks import DraftTicks
from medcounter.desk.rules.hall_office import Heard
from tests.support.desk.hall_samples import (
    AT,
    BEGINS,
    NAMES,
    YUNXI,
    hall_folder,
    opened,
    other_folder,
    signed_at,
    word_of,
)

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN, HANDED, OTHER = "written", "handed", "other"
# In the folder of the second desk: what was brought to it on a stick.
BROUGHT = "stick/本厅规则.json"
_AUTHOR, _REVIEWER, _ELSEWHERE = NAMES
_ANSWER = "公告就是这样写的"


def make_authoring_halls(folder: Path, settings: dict[str, object]) -> None:
    """Make the halls below a folder.

    Args:
        folder: Takes one folder for each.
        settings: Of every desk; the counter's person is who signs in.
    """
    written = folder / WRITTEN
    hall_folder(written)
    with opened(written, _AUTHOR) as desk:
        (number,) = desk.authoring.take_in(YUNXI, AT)
        draft = desk.authoring.open(number, AT)
        DraftRelease(draft, desk.release).obstacles()
        for warning in draft.live.warnings:
            if warning.is_open:
                DraftTicks(draft).answer(warning, _ANSWER, AT)
        draft.close(AT)
    handed = folder / HANDED
    shutil.copytree(written, handed)
    with opened(handed, _AUTHOR) as desk:
        draft = desk.authoring.open(number, AT)
        DraftRelease(draft, desk.release).hand_over(_REVIEWER, BEGINS, word_of(desk), AT)
    _make_second_desk(written, folder / OTHER)
    for hall in (written, handed, folder / OTHER):
        told = json.dumps(settings, ensure_ascii=False)
        (hall / "settings.json").write_text(told, encoding="utf-8")


def _make_second_desk(first: Path, hall: Path) -> None:
    """Make another desk, which knows the first one's key and was brought a file."""
    other_folder(hall)
    data = signed_at(first)
    with opened(first, _AUTHOR) as desk:
        words = desk.hall_office.words
    with opened(hall, _ELSEWHERE) as desk:
        desk.hall_office.confirm(data, Heard(" ".join(words)), AT)
    (hall / "stick").mkdir()
    (hall / BROUGHT).write_bytes(data)
