"""The hall before the day begins: its clerks, who is known, what yesterday left undone.

Everybody is invented.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import CLERK, SUPERVISOR
from medcounter.desk.access.sign_in import NewClerk
from medcounter.desk.desk import Desk
from medcounter.strict_json import canonical
from tests.gui.counter_window import SETTINGS
from tests.support.desk.counter_samples import OPENED_AT, Clock, Counter, newer_jiangxi
from tests.support.roster.roster_samples import id_number
from tests.support.store.store_samples import demo_roots, package

if TYPE_CHECKING:
    from pathlib import Path

BOSS, BOSS_SECRET = "李主管", "qingshan lvshui 37"
CLERK_NAME, CLERK_SECRET = "王丽", "baiyun heishi 52"
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "安邦宁静志远慧敏建国"


@dataclass(frozen=True)
class Resident:
    """Somebody who comes to the desk."""

    name: str
    id_number: str


def residents(count: int, first: int = 1) -> list[Resident]:
    """Invented people, each of another name and day of birth."""
    return [
        Resident(
            _SURNAMES[number % 12] + _GIVEN[number % 10] + _GIVEN[(number // 10 + 3) % 10],
            id_number(date(1950, 1, 1) + timedelta(days=601 * number), 100 + number),
        )
        for number in range(first, first + count)
    ]


KNOWN = residents(19)
NEW = residents(11, 20)


def rules_with_repair() -> bytes:
    """Jiangxi's rules as they will be when three lapsed years count: no real year has them yet."""
    document: dict[str, Any] = json.loads(newer_jiangxi())
    for programme in document["programmes"]:
        for rule in programme.get("rules", ()):
            if rule["id"] == "lapse-from-2025":
                rule["answer"]["from_year"] = 2020
    examples = document["examples"]
    document["examples"] = [one for one in examples if "insured_years" not in one["facts"]]
    return package(canonical(document))


def yesterday(folder: Path) -> None:
    """A hall with sign-in; it forgot to close its day and lost power at the last print."""
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    set_up = sign_in.begin(folder)
    clerks = (
        NewClerk(BOSS, SUPERVISOR, BOSS_SECRET),
        NewClerk(CLERK_NAME, CLERK, CLERK_SECRET),
    )
    then = Clock(OPENED_AT - timedelta(days=1))
    set_up.finish(clerks, set_up.recovery_text, then())
    who = sign_in.sign_in(folder, CLERK_NAME, CLERK_SECRET)
    desk = Desk.open(folder, then(), roots=demo_roots(), who=who)
    desk.rules.install(desk.rules.planner(rules_with_repair())(), then())
    counter = Counter(desk, then)
    for resident in KNOWN:
        issued = counter.issue(resident.name, id_number=resident.id_number)
        if resident is not KNOWN[-1]:
            number = issued.notice.number or ""
            desk.notices.mark_printed(number, issued.print_no, then(), ok=True)
    desk.close()
