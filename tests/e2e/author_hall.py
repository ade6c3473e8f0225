"""A hall whose two supervisors write its rules; no office has any for the place yet.

Everybody is invented.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import CLERK, SUPERVISOR
from medcounter.desk.access.sign_in import NewClerk
from medcounter.desk.desk import Desk
from medcounter.rules.inherit import lineage
from medcounter.strict_json import canonical
from tests.support.authoring.form_author import WHOLE
from tests.support.desk.counter_samples import HALL
from tests.support.store.store_samples import demo_roots, package

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

AUTHOR, AUTHOR_SECRET = "王敏", "mian hua tian di bei feng"
REVIEWER, REVIEWER_SECRET = "李强", "mian hua tian di shan shui"
CLERK_NAME, CLERK_SECRET = "孙洋", "mian hua tian di ri yue"


def rules_without(region: str) -> bytes:
    """The office's bundle as it was before it knew a place: what the place inherits is left."""
    above = set(lineage(region)) - {region}
    document: dict[str, Any] = {
        **WHOLE,
        "revision": WHOLE["revision"] + 1,
        "programmes": [one for one in WHOLE["programmes"] if one["region"] in above],
        "examples": [one for one in WHOLE["examples"] if one["facts"]["region"] in above],
    }
    return package(canonical(document))


def hall_of_authors(folder: Path, at: datetime, region: str, *, covered: bool) -> None:
    """Set a hall up: sign-in, the hall's key, and the rules in use.

    Args:
        folder: Its data folder, not there yet.
        at: Now.
        region: Where it stands.
        covered: Whether the office's rules already know the place.
    """
    folder.mkdir()
    settings = {
        "version": 1, "hall": HALL.hall, "desk": "03", "clerk": AUTHOR, "region": region,
    }  # fmt: skip
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    set_up = sign_in.begin(folder)
    people = (
        NewClerk(AUTHOR, SUPERVISOR, AUTHOR_SECRET),
        NewClerk(REVIEWER, SUPERVISOR, REVIEWER_SECRET),
        NewClerk(CLERK_NAME, CLERK, CLERK_SECRET),
    )
    set_up.finish(people, set_up.recovery_text, at)
    who = sign_in.sign_in(folder, AUTHOR, AUTHOR_SECRET)
    desk = Desk.open(folder, at, roots=demo_roots(), who=who)
    desk.hall_office.make_key(set_up.recovery_text, at)
    if not covered:
        desk.rules.install(desk.rules.planner(rules_without(region))(), at)
    desk.close(with_backup=False)
