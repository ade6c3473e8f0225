"""The rules in use: which bundle, since when, and its bytes.

Returns a bundle that has just been verified again. The ledger's journal decides
which bundle counts; ``rules.db`` and the files in ``bundles/`` only keep the
bytes and can replace each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from medcounter.bundle.roots_from_folder import opened_by_any
from medcounter.bundle.signed_package import Floor, OpenedBundle, open_payload
from medcounter.errors import MedCounterError
from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger_records import SHIPPED, BundleRecord, ChainFault
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.roots import Roots
from medcounter.trust.trust_errors import MAX_PACKAGE_BYTES, PackageRefusedError

# Roots are taken in by events of the same kind, which name no bundle.
_IMPORTS = """
    SELECT id, at, clerk, detail FROM event
    WHERE notice IS NULL AND kind = 'import' AND json_extract(detail, '$.bundle') IS NOT NULL
    ORDER BY id DESC
"""


class _Import(NamedTuple):
    """What an event says of rules that were taken in."""

    position: int
    at: datetime
    clerk: str
    detail: Mapping[str, object]

    @property
    def revision(self) -> int:
        return int(str(self.detail["revision"]))


@dataclass(frozen=True, slots=True)
class RulesInUse:
    """The bundle in use and where it came from."""

    opened: OpenedBundle
    record: BundleRecord


class RuleStore:
    """The cache of rules, and what the ledger records about them."""

    def __init__(
        self, cache: Connection, ledger: Connection, chain_key: ChainKey, folder: Path
    ) -> None:
        """Take both open files, the journal's key and the folder of bytes."""
        self._cache = cache
        self._ledger = ledger
        self._key = chain_key
        self._folder = folder

    def current(self) -> BundleRecord | None:
        """Return the highest revision ever taken in; None before the first.

        Whoever signs in can write an older one down again, whose bytes are still here.
        The bytes are as they lie there; ``open_current`` verifies them.

        Raises:
            RulesLostError: The journal names one, but its bytes are gone.
        """
        newest = self._newest()
        if newest is None:
            return None
        detail = newest.detail
        sha256 = str(detail["sha256"])
        for package in (self._cached(sha256), self._kept(sha256)):
            if package is not None and _hash(package) == detail["package_sha256"]:
                return BundleRecord(
                    bundle=str(detail["bundle"]),
                    revision=newest.revision,
                    sha256=sha256,
                    origin=str(detail["origin"]),
                    package=package,
                    installed_at=newest.at,
                )
        raise store_errors.RulesLostError

    def floor(self) -> Floor | None:
        """Return the newest bundle ever taken in; None before the first."""
        newest = self._newest()
        if newest is None:
            return None
        said = newest.detail
        return Floor(str(said["bundle"]), newest.revision, str(said["sha256"]))

    def lost(self) -> ChainFault | None:
        """Find the event of the newest rules ever taken in, where they are not here.

        Whoever signs in can write that newer rules were used than there are. Nobody can
        tell that from rules whose bytes were deleted, so that older ones do not count
        either way; but which event it is, and who wrote it, is told.

        Raises:
            StoreError: The ledger failed.
        """
        newest = self._newest()
        if newest is None:
            return None
        payload = self.payload_of(str(newest.detail["sha256"]))
        found = None if payload is None else _revision_of(payload)
        if found == newest.revision:
            return None
        here = (
            "这里却没有它的内容，可能丢了，也可能这条记录是编造的。"
            if found is None
            else f"它的内容却是第 {found} 版，这条记录可能是编造的。"
        )
        by = f"“{newest.clerk}”" if newest.clerk else "程序"
        return ChainFault(
            newest.position,
            f"第 {newest.position} 条记录（{newest.at:%Y-%m-%d %H:%M}，{by}）说用过规则第"
            f" {newest.revision} 版，{here}",
        )

    def payload_of(self, sha256: str) -> bytes | None:
        """Return the payload of rules once taken in; None where its bytes are gone."""
        for package in (self._cached(sha256), self._kept(sha256)):
            if package is None:
                continue
            for payload in (package, _inside(package)):
                if payload is not None and _hash(payload) == sha256:
                    return payload
        return None

    def opened_of(self, sha256: str, roots: Roots) -> OpenedBundle | None:
        """Return rules that an office signed, by their hash; None where none are here.

        Those that came with another program nobody signed.
        """
        for package in (self._cached(sha256), self._kept(sha256)):
            if package is not None:
                with suppress(MedCounterError):
                    opened = opened_by_any(package, roots)
                    if opened.sha256 == sha256:
                        return opened
        return None

    def install(self, record: BundleRecord, clerk: str = "") -> None:
        """Take a verified bundle in; from the commit on it is the current one.

        Raises:
            StoreError: It was not taken in; the old rules stay.
        """
        kept = self._path(record.sha256)
        had_it = kept.exists()
        try:
            write_durably(kept, record.package)
        except OSError as err:
            raise store_errors.DiskFaultError from err
        try:
            self._put_in_cache(record)
            self._write_down(record, clerk)
        except store_errors.StoreError:
            if not had_it:
                # The command line reads this folder: what was not taken in must not lie there.
                with suppress(OSError):
                    kept.unlink()
            raise

    def open_current(self, shipped: OpenedBundle, roots: Roots, at: datetime) -> RulesInUse:
        """Return the rules to work from, verified again.

        The shipped bundle is taken in at a first start, when it is newer, and
        when the bytes in use can no longer be verified.

        Args:
            shipped: The bundle that came with the program.
            roots: Whose signatures count.
            at: When a bundle taken in now is said to be taken in.

        Raises:
            RulesLostError: The rules in use are unusable and the shipped
                ones are older.
            StoreError: The store failed.
        """
        cause: MedCounterError | None = None
        try:
            record = self.current()
            in_use = (
                None if record is None else RulesInUse(_verified(record, roots, shipped), record)
            )
        except MedCounterError as err:
            in_use, cause = None, err
        looking = self._ledger.refusal is not None
        if in_use is not None and (looking or not _supersedes(shipped, in_use)):
            return in_use
        floor = self.floor()
        if floor is not None and not _reaches(shipped, floor):
            raise self._unusable() from cause
        record = BundleRecord(
            bundle=shipped.bundle.id,
            revision=shipped.bundle.revision,
            sha256=shipped.sha256,
            origin=SHIPPED,
            package=shipped.payload,
            installed_at=at,
        )
        if not looking:
            self.install(record)
        return RulesInUse(shipped, record)

    def _unusable(self) -> store_errors.RulesLostError:
        """Say which event asks for rules that are not here, and the ways on."""
        lost = self.lost()
        if lost is None:
            return store_errors.RulesLostError()
        return store_errors.RulesLostError(
            f"{lost.text}随程序带来的规则又比它旧，不能测算；请重新导入最新的规则包。"
            "发布单位没有发过这一版的，请查问是谁写的，并由主管恢复这条记录之前的备份"
            f"（“medcounter backups”里不到 {lost.position} 条记录的）。"
        )

    def _newest(self) -> _Import | None:
        """Return the import of the highest revision; of several the last."""
        return max(self._imports(), key=lambda one: one.revision, default=None)

    def _imports(self) -> list[_Import]:
        found = []
        with self._ledger.reading() as database:
            rows = database.conn.execute(_IMPORTS).fetchall()
        for position, at, clerk, text in rows:
            detail = event_forms.read("import", text)
            if detail is not None and _says_which(detail):
                found.append(_Import(position, datetime.fromisoformat(at), clerk, detail))
        return found

    def _cached(self, sha256: str) -> bytes | None:
        sql = "SELECT package FROM bundle WHERE sha256 = ?"
        try:
            with self._cache.reading() as database:
                row = database.conn.execute(sql, (sha256,)).fetchone()
        except store_errors.StoreError:  # a damaged cache; the file beside it holds the same
            return None
        return None if row is None else bytes(row[0])

    def _kept(self, sha256: str) -> bytes | None:
        try:
            return read_bounded(self._path(sha256), MAX_PACKAGE_BYTES)
        except (OSError, FileTooLargeError):
            return None

    def _write_down(self, record: BundleRecord, clerk: str) -> None:
        detail = {
            "bundle": record.bundle,
            "origin": record.origin,
            "package_sha256": _hash(record.package),
            "revision": record.revision,
            "sha256": record.sha256,
        }
        with self._ledger.transaction() as database:
            event = NewEvent("import", record.installed_at, clerk, detail=detail)
            journal.append(database, self._key, event)

    def _put_in_cache(self, record: BundleRecord) -> None:
        try:
            self._insert(record)
        except store_errors.StoreDamagedError:
            start_over(self._cache)
            self._insert(record)

    def _insert(self, record: BundleRecord) -> None:
        row = {
            "sha256": record.sha256,
            "bundle": record.bundle,
            "revision": record.revision,
            "origin": record.origin,
            "installed_at": journal.stamp(record.installed_at),
            "package": record.package,
        }
        with self._cache.transaction() as database:
            database.table("bundle").insert(row, pk="sha256", replace=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.json"


def start_over(cache: Connection) -> None:
    """Make the cache of rules anew, empty; all in it lies elsewhere too.

    Raises:
        StoreError: The file cannot be replaced.
    """
    cache.close()
    try:
        for path in (cache.path, cache.path.with_name(cache.path.name + "-journal")):
            path.unlink(missing_ok=True)
    except OSError as err:
        raise store_errors.StoreReadOnlyError from err
    cache.open(lambda _database: None)


def _says_which(detail: Mapping[str, object]) -> bool:
    """Return whether an event says of rules what the program writes of them."""
    return detail.keys() >= {"bundle", "origin", "package_sha256", "revision", "sha256"}


def _revision_of(payload: bytes) -> object:
    """Return which revision rules say they are; their hash was compared."""
    with suppress(StrictJsonError):
        said = read_strict(payload)
        return said.get("revision") if isinstance(said, dict) else None
    return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _inside(package: bytes) -> bytes | None:
    """Return what is in a signed file, for its hash alone tells whether it is wanted."""
    from medcounter.trust.envelope import take_apart  # noqa: PLC0415 - loads what signs

    try:
        return take_apart(package).payload
    except PackageRefusedError:
        return None


def _verified(record: BundleRecord, roots: Roots, shipped: OpenedBundle) -> OpenedBundle:
    """Open a kept bundle as if it had just come.

    No signature vouches for one that came with a program: only the one that
    came with this very program is known to it.
    """
    if record.origin != SHIPPED:
        opened = opened_by_any(record.package, roots)
    elif record.sha256 == shipped.sha256:
        opened = open_payload(record.package)
    else:
        raise store_errors.RulesLostError
    said = (record.sha256, record.bundle, record.revision)
    if (opened.sha256, opened.bundle.id, opened.bundle.revision) != said:
        raise store_errors.RulesLostError
    return opened


def _supersedes(shipped: OpenedBundle, in_use: RulesInUse) -> bool:
    """Return whether the program brought newer rules than are in use.

    The same revision with other bytes comes only from another build of the
    program; then its own build counts.
    """
    old, new = in_use.opened.bundle, shipped.bundle
    if new.id != old.id or new.revision != old.revision:
        return new.id == old.id and new.revision > old.revision
    return in_use.record.origin == SHIPPED and shipped.sha256 != in_use.opened.sha256


def _reaches(shipped: OpenedBundle, floor: Floor) -> bool:
    return shipped.bundle.id == floor.bundle and shipped.bundle.revision >= floor.revision
