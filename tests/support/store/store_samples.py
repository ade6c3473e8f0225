"""Notices, keys and bundles to test the store with; every person is invented."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from medcounter.bundle.signed_package import OpenedBundle
from medcounter.rules.load import read_bundle
from medcounter.store.db.sqlite import Database, connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger import notice_rows
from medcounter.store.ledger.day_acts import DayActs
from medcounter.store.ledger.day_figures import dump_figures, figures
from medcounter.store.ledger_records import NewNotice, Ruling
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.strict_json import canonical
from medcounter.trust import slot_files
from medcounter.trust.envelope import sign
from medcounter.trust.keys import SigningKey, read_signing_key
from medcounter.trust.roots import Roots, read_roots

KEYS = Path(__file__).parents[2] / "data" / "keys"
BEIJING = timezone(timedelta(hours=8))
AT = datetime(2025, 3, 5, 14, 32, tzinfo=BEIJING)
DOCUMENT = "城乡居民基本医疗保险缴费通知单".encode()
RULING = Ruling("medcounter-rules", 1, "a" * 64, "0.1.0", b'{"benefit_year":2025}', b"[]")
NOTICE = NewNotice(
    request_id="request-1",
    issued_at=AT,
    desk="03",
    clerk="李晓",
    name="张三丰",
    id_number="360102199003071234",
    region="360000",
    scheme="resident",
    benefit_year=2025,
    category="ordinary",
    category_label="普通居民",
    total=40000,
    coverage_start=date(2025, 6, 5),
    coverage_end=date(2025, 12, 31),
    ruling=RULING,
)


def notice(request: int = 1, **changes: object) -> NewNotice:
    """A notice under its own request, changed as told."""
    return replace(NOTICE, request_id=f"request-{request}", **changes)  # type: ignore[arg-type] # names are checked at run time


def paper(number: str) -> bytes:
    """Stand for the composed notice: it names its number."""
    return number.encode() + b" " + DOCUMENT


def counted(acts: DayActs) -> Mapping[str, object]:
    """What the desk writes of a day."""
    return dump_figures(figures(acts))


def demo_roots() -> Roots:
    """The three demo roots, two of which must sign."""
    return read_roots((KEYS / "demo-roots.json").read_bytes())


def demo_keys() -> tuple[SigningKey, ...]:
    """The private halves of the demo roots."""
    return tuple(read_signing_key(KEYS / f"demo-root-{number}.pem") for number in (1, 2, 3))


def payload(revision: int = 1, publisher: str = "test-rules", **more: object) -> bytes:
    """The smallest bundle there can be."""
    return canonical(
        {
            "format": 1,
            "id": publisher,
            "revision": revision,
            "issued": "2026-11-21",
            "review_by": "2027-03-31",
            "regions": [],
            "sources": [],
            "programmes": [],
            **more,
        }
    )


def opened(data: bytes) -> OpenedBundle:
    """A bundle read from its payload."""
    return OpenedBundle(data, read_bundle(data))


def package(data: bytes) -> bytes:
    """A package signed by two demo roots."""
    return sign(data, demo_keys()[:2])


def erase_party(store: Store, number: str, at: datetime, clerk: str) -> None:
    """Erase the person of one notice, as when its term is over."""
    due = store.erasure
    with due._connection.transaction() as database:  # noqa: SLF001 - the term is years
        due._erase(database, [notice_rows.row_of(database, number)], at, clerk)  # noqa: SLF001 - as above


@contextmanager
def raw(folder: Path, file: str = "ledger.db") -> Iterator[Database]:
    """Open a closed folder's database as somebody who has the key."""
    paths = DataFolder(folder)
    (key,) = slot_files.read_data_keys(paths.key_file, paths.key_copy)
    of_rules = file.removesuffix(".new") == paths.rules.name
    database = connect(folder / file, key.rules if of_rules else key.ledger)
    try:
        yield database
    finally:
        database.close()


def key_file(folder: Path) -> dict[str, object]:
    """What the key file says."""
    said: dict[str, object] = json.loads(DataFolder(folder).key_file.read_bytes())
    return said


def kinds_beside_notices(store: Store) -> list[str]:
    """What a ledger says happened that is about no notice, in order."""
    with store._ledger.reading() as database:  # noqa: SLF001 - no desk lists them
        sql = "SELECT kind FROM event WHERE notice IS NULL ORDER BY id"
        return [kind for (kind,) in database.conn.execute(sql)]


def looked_into_only(folder: Path) -> str:
    """Why the next opening of a folder only looks; empty where it may write."""
    store = open_store(folder)
    try:
        return store.read_only
    finally:
        store.close()
