"""Data folders the scenes begin with: made once, copied for each scene.

Every person in them is invented.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from tools.gallery.authoring_halls import make_authoring_halls

if TYPE_CHECKING:
    from pathlib import Path

    from tools.gallery.looks import Look

NOW = datetime(2025, 3, 5, 14, 32, tzinfo=timezone(timedelta(hours=8)))
_MORNING = NOW - timedelta(hours=5)
HALL, USED, FRESH, DAMAGED = "hall", "used", "fresh", "damaged"
NEW, SIGNED, DOUBTFUL, BROKEN = "new", "signed", "doubtful", "broken"
KEYLESS, SYNCED, OLD = "keyless", "synced", "old"
ANCHORLESS, WAITING = "anchorless", "waiting"
_ALL = (HALL, USED, FRESH, DAMAGED, NEW, SIGNED, DOUBTFUL, BROKEN, KEYLESS, SYNCED, OLD)
_FILLED = frozenset({USED, DOUBTFUL, BROKEN, KEYLESS, OLD, ANCHORLESS, WAITING})
# So many years after, with so many days worked in each, people are to be erased.
_YEARS, _DAYS = 6, 10
_SETTINGS = {
    "version": 1,
    "hall": "抚州市临川区政务服务中心",
    "desk": "03",
    "clerk": "王丽",
    "region": "360000",
}


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody who signs in.

    Attributes:
        name: Of an invented clerk.
        role: As the access names it.
        words: What opens the ledger.
    """

    name: str
    role: str
    words: str


SUPERVISOR = Signing("李主管", "supervisor", "qingshan lvshui 37")
CLERK = Signing("王丽", "clerk", "baiyun heishi 52")


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    id_number: str
    category: str = ""
    insured_years: tuple[int, ...] | None = None


_PEOPLE = (
    _Person("吴建国", "360103198807121237"),
    _Person("欧阳修文", "360103194709078839", insured_years=(2021, 2022, 2023, 2024)),
    _Person("陈小芳", "360103197709241265"),
    _Person("阿依古丽·买买提", "360103199002175224", insured_years=(2023, 2024)),
    _Person("李秀英", "360103195304153049", "destitute"),
    _Person("刘洋", "360103200103111516", insured_years=(2024,)),
)
_VOIDED = "陈小芳"


def make_halls(folder: Path) -> None:
    """Make every hall below a folder."""
    for name in (*_ALL, ANCHORLESS, WAITING):
        hall = folder / name
        hall.mkdir(parents=True)
        if name != FRESH:
            _write_settings(hall, _SETTINGS)
        if name not in {NEW, SIGNED}:
            sign_in.choose_open(hall, _MORNING)
            desk = Desk.open(hall, _MORNING)
            if name in _FILLED:
                _fill(desk, confirmed=name != DOUBTFUL)
            if name == OLD:
                _work_on(desk)
            desk.close()
    _let_sign_in(folder / SIGNED, stick=folder / "stick")
    # With the hall it is copied for each scene; no counter would back up into another's folder.
    (folder / "stick").rename(folder / BROKEN / "stick")
    for name in (DAMAGED, BROKEN):
        for path in (folder / name).glob("ledger.db*"):
            path.write_bytes(b"no database" * 1000)
    for path in (folder / KEYLESS).rglob("keyslots*"):
        path.unlink()
    (folder / ANCHORLESS / "anchor.json").unlink()
    (folder / WAITING / "ledger.db").rename(folder / WAITING / "ledger.db.restored")
    (folder / SYNCED / ".stfolder").mkdir()
    make_authoring_halls(folder, _SETTINGS)


def _let_sign_in(hall: Path, stick: Path) -> None:
    """Set up the hall where clerks sign in, with a backup on a stick."""
    set_up = sign_in.begin(hall)
    clerks = [sign_in.NewClerk(one.name, one.role, one.words) for one in (SUPERVISOR, CLERK)]
    set_up.finish(tuple(clerks), set_up.recovery_text, _MORNING)
    who = sign_in.sign_in(hall, CLERK.name, CLERK.words)
    desk = Desk.open(hall, _MORNING, who=who)
    _fill(desk)
    stick.mkdir()
    desk.backups.back_up(stick)
    desk.close()


def hall_for(folder: Path, name: str, look: Look, copy: Path) -> Path:
    """Give a copy of a hall, set to a look."""
    shutil.copytree(folder / name, copy)
    path = copy / "settings.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {"version": 1}
    _write_settings(copy, known | {"theme": look.theme, "scale": look.scale})
    return copy


def _write_settings(hall: Path, settings: dict[str, object]) -> None:
    (hall / "settings.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def _work_on(desk: Desk) -> None:
    """Let something happen on some days of each of the years after."""
    for year in range(NOW.year + 1, NOW.year + _YEARS + 1):
        for day in range(_DAYS):
            list(desk.register.export_audit(NOW.replace(year=year, month=1, day=2 + day)))


def _fill(desk: Desk, *, confirmed: bool = True) -> None:
    """Issue to everybody; void one, unless somebody must be asked who signed in."""
    at = _MORNING
    for number, person in enumerate(_PEOPLE):
        at += timedelta(minutes=11)
        draft = desk.new_draft(at.date()).with_("name", person.name)
        draft = draft.with_("id_number", person.id_number).with_("benefit_year", 2025)
        draft = draft.with_("insured_years", person.insured_years)
        if person.category:
            draft = draft.with_("categories", (person.category,))
        outcome = desk.outcome(draft, at.date())
        seen = {doubt.code for doubt in desk.households.doubts((outcome,), at)}
        (issued,) = desk.households.issue((outcome,), at, (f"gallery-{number}",), seen)
        number_given = issued.notice.number or ""
        if confirmed or person is not _PEOPLE[-1]:
            desk.notices.mark_printed(number_given, 1, at, ok=True)
        if person.name == _VOIDED and desk.access.who is None:
            desk.notices.void(number_given, "缴费日期填错，重新出单", at + timedelta(minutes=3))
