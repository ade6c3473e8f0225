"""Rules in the making: begun, locked to one author, changed, settled.

Keeps bytes and knows nothing of rules. What is acknowledged lies on the disk. A
file put back by an older one is found out by what the ledger says of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import journal
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.rule_drafts import act_rows, draft_acts, draft_errors
from medcounter.store.rule_drafts.act_rows import NewAct
from medcounter.store.rule_drafts.draft_acts import (
    BEGUN,
    CHANGED,
    GIVEN_BACK,
    REDONE,
    REMOVED,
    RESTORED,
    STATE,
    TAKEN,
    TAKEN_OVER,
    UNDONE,
    WRITING,
    DraftAct,
    DraftEntry,
    DraftPlace,
    DraftSteps,
    NewRuleDraft,
    RuleDraft,
)
from medcounter.store.rule_drafts.drafts_file import DraftsFile


class RuleDrafts(DraftsFile):
    """The rule drafts of one data folder; belongs to the store's thread."""

    def listed(self) -> tuple[RuleDraft, ...]:
        """List the drafts that were not removed, the one changed last first.

        Raises:
            StoreError: They cannot be read; one subclass per cause.
        """
        if not self.is_begun:
            return ()
        with self.reading() as database:
            rows = database.conn.execute("SELECT id FROM rule_draft").fetchall()
            found = [self._draft(database, number) for (number,) in rows]
        drafts = [draft for draft in found if draft is not None]
        return tuple(sorted(drafts, key=lambda one: one.changed.position, reverse=True))

    def one(self, number: int) -> RuleDraft:
        """Return a draft as it stands.

        Raises:
            RuleDraftUnknownError: There is none, or it was removed.
            StoreError: It cannot be read.
        """
        if not self.is_begun:
            raise draft_errors.RuleDraftUnknownError
        with self.reading() as database:
            return self._one(database, number)

    def acts(self, number: int) -> tuple[DraftAct, ...]:
        """Return all that was done to a draft, oldest first.

        Raises:
            RuleDraftUnknownError: There is none.
            StoreError: It cannot be read.
        """
        self.one(number)
        with self.reading() as database:
            return self.acts_of(database, number)

    def steps(self, number: int) -> DraftSteps:
        """Return where undo and redo lead.

        Raises:
            RuleDraftUnknownError: There is none.
            StoreError: It cannot be read.
        """
        return draft_acts.steps(self.acts(number))

    def parts(self, number: int, version: int | None = None) -> dict[str, bytes]:
        """Return the contents of a draft.

        Args:
            number: The draft's.
            version: Which version; None for the newest.

        Raises:
            RuleDraftUnknownError, RuleDraftVersionError: There is none.
            RuleDraftsBrokenError: They are not what was written.
            StoreError: They cannot be read.
        """
        draft = self.one(number)
        wanted = draft.version if version is None else version
        with self.reading() as database:
            return act_rows.parts(database, self._version(database, number, wanted))

    def begin(self, new: NewRuleDraft, entry: DraftEntry) -> RuleDraft:
        """Begin a draft; who begins it has it open.

        Raises:
            StoreError: It was not begun.
        """
        with self.writing() as database:
            number = act_rows.add_draft(database, new)
            detail = {**act_rows.named(new), **act_rows.hashes(new.parts)}
            act = self.append(database, NewAct(number, 1, BEGUN, entry), detail)
            act_rows.add_pieces(database, act, {}, new.parts)
            self.append(database, NewAct(number, None, TAKEN, replace(entry, words="打开")))
            made = self._one(database, number)
        self.tell(BEGUN, entry, number)
        return made

    def take(self, number: int, entry: DraftEntry) -> RuleDraft:
        """Lock a draft for its author; its holder keeps the lock.

        Raises:
            RuleDraftLockedError: Somebody else has it.
            StoreError: It was not opened.
        """
        with self.writing() as database:
            draft = self._one(database, number)
            if draft.holder is not None and draft.holder.name != entry.author:
                raise draft_errors.RuleDraftLockedError(
                    f"“{draft.title}”{draft.place.year} 年度的规则草稿从"
                    f" {draft.holder.since:%Y-%m-%d %H:%M} 起由“{draft.holder.name}”编制，"
                    "没有打开，草稿不变；"
                    "请等他交还，或由主管写明原因后接过来。"
                )
            if draft.holder is None:
                self.append(database, NewAct(number, None, TAKEN, entry))
            return self._one(database, number)

    def take_over(self, number: int, entry: DraftEntry, reason: str) -> RuleDraft:
        """Take over a draft's lock; the desk has checked the permission.

        Raises:
            TakeOverReasonError: No reason is given.
            StoreError: It was not taken.
        """
        if not reason.strip():
            raise draft_errors.TakeOverReasonError
        with self.writing() as database:
            had = self._one(database, number).holder
            detail = {"from": had.name if had else "", "reason": typed_reason(reason)}
            self.append(database, NewAct(number, None, TAKEN_OVER, entry), detail)
            taken = self._one(database, number)
        self.tell(TAKEN_OVER, entry, number)
        return taken

    def give_back(self, number: int, entry: DraftEntry) -> None:
        """Release a draft's lock; do nothing if somebody else took it over.

        Raises:
            StoreError: It was not given back.
        """
        with self.writing() as database:
            draft = self._one(database, number)
            if draft.holder is None or draft.holder.name != entry.author:
                return
            self.append(database, NewAct(number, None, GIVEN_BACK, entry))
        self.tell(GIVEN_BACK, entry, number)

    def keep(self, number: int, parts: Mapping[str, bytes], entry: DraftEntry) -> DraftAct:
        """Keep new contents as the next version; on the disk when this returns.

        Raises:
            RuleDraftNotHeldError: Whoever changes it does not have it open.
            RuleDraftSettledError: It is with the reviewer, or released.
            StoreError: It was not kept; the version before still is.
        """
        with self.writing() as database:
            return self._keep(database, NewAct(number, None, CHANGED, entry), parts)

    def undo(self, number: int, entry: DraftEntry) -> DraftAct | None:
        """Make the contents before the last change a new version; None at the beginning.

        Raises:
            StoreError: As for :meth:`keep`.
        """
        return self._go(number, UNDONE, entry, self.steps(number).undo)

    def redo(self, number: int, entry: DraftEntry) -> DraftAct | None:
        """Make what was undone last a new version; None when nothing was.

        Raises:
            StoreError: As for :meth:`keep`.
        """
        return self._go(number, REDONE, entry, self.steps(number).redo)

    def restore(self, number: int, version: int, entry: DraftEntry) -> DraftAct:
        """Make the contents of an older version a new one.

        Raises:
            RuleDraftVersionError: There is no such version.
            StoreError: As for :meth:`keep`.
        """
        act = self._go(number, RESTORED, entry, version)
        assert act is not None  # noqa: S101 - a version was named
        return act

    def settle(self, number: int, state: str, entry: DraftEntry) -> RuleDraft:
        """Set a draft's state: with the reviewer, released, or being written.

        Args:
            number: The draft's.
            state: ``writing``, ``handed-over`` or ``released``.
            entry: By whom and when; ``detail`` is kept with the state.

        Raises:
            StoreError: Its state is as before.
        """
        with self.writing() as database:
            draft = self._one(database, number)
            detail = {"state": state, "version": draft.version}
            self.append(database, NewAct(number, None, STATE, entry), detail)
            settled = self._one(database, number)
        self.tell(STATE, entry, number, state=state)
        return settled

    def remove(self, number: int, entry: DraftEntry) -> None:
        """Take a draft off the list; what was written stays in the file.

        Raises:
            RuleDraftNotHeldError: Somebody else has it open.
            StoreError: It is still there.
        """
        with self.writing() as database:
            draft = self._one(database, number)
            if draft.holder is not None and draft.holder.name != entry.author:
                raise draft_errors.RuleDraftNotHeldError
            self.append(database, NewAct(number, None, REMOVED, entry))
        self.tell(REMOVED, entry, number)

    def attach(self, name: str, data: bytes, entry: DraftEntry) -> str:
        """Keep a file that drafts refer to; the same bytes are kept once.

        Returns:
            Its SHA-256, hex: by this a draft's contents name it.

        Raises:
            StoreError: It was not kept.
        """
        digest = hashlib.sha256(data).hexdigest()
        row = (digest, name, journal.stamp(entry.at), data)
        with self.writing() as database:
            database.conn.execute("INSERT OR IGNORE INTO attached VALUES (?, ?, ?, ?)", row)
        return digest

    def has(self, digest: str) -> bool:
        """Return whether a file is kept.

        Raises:
            StoreError: It cannot be told.
        """
        with self.reading() as database:
            return scalar(database, "SELECT 1 FROM attached WHERE sha256 = ?", digest) == 1

    def attached(self, digest: str) -> tuple[str, bytes]:
        """Return name and bytes of a kept file.

        Raises:
            DraftFileUnknownError: None is kept.
            RuleDraftsBrokenError: It is not what was kept.
            StoreError: It cannot be read.
        """
        sql = "SELECT name, body FROM attached WHERE sha256 = ?"
        with self.reading() as database:
            row = database.conn.execute(sql, (digest,)).fetchone()
        if row is None:
            raise draft_errors.DraftFileUnknownError
        if hashlib.sha256(row[1]).hexdigest() != digest:
            raise draft_errors.RuleDraftsBrokenError
        return row[0], row[1]

    def _go(
        self, number: int, kind: str, entry: DraftEntry, version: int | None
    ) -> DraftAct | None:
        if version is None:
            return None
        with self.writing() as database:
            contents = act_rows.parts(database, self._version(database, number, version))
            return self._keep(
                database, NewAct(number, None, kind, entry), contents, {"same_as": version}
            )

    def _keep(
        self,
        database: Database,
        new: NewAct,
        parts: Mapping[str, bytes],
        more: Mapping[str, object] | None = None,
    ) -> DraftAct:
        assert new.draft is not None  # noqa: S101 - contents are a draft's
        draft = self._one(database, new.draft)
        if draft.holder is None or draft.holder.name != new.entry.author:
            raise draft_errors.RuleDraftNotHeldError
        if draft.state != WRITING:
            raise draft_errors.RuleDraftSettledError
        old = act_rows.parts(database, draft.changed)
        detail = {**(more or {}), **act_rows.hashes(parts)}
        act = self.append(database, new._replace(version=draft.version + 1), detail)
        act_rows.add_pieces(database, act, old, parts)
        return act

    def _draft(self, database: Database, number: int) -> RuleDraft | None:
        row = database.conn.execute("SELECT * FROM rule_draft WHERE id = ?", (number,)).fetchone()
        acts = self.acts_of(database, number)
        versions = [act for act in acts if act.version is not None]
        if row is None or not versions or acts[-1].kind == REMOVED:
            return None
        state, detail = draft_acts.state(acts)
        return RuleDraft(
            number=number,
            place=DraftPlace(row[1], row[2], row[3]),
            title=row[4],
            begun=versions[0],
            changed=versions[-1],
            version=versions[-1].version or 0,
            holder=draft_acts.holder(acts),
            state=state,
            state_detail=detail,
        )

    def _one(self, database: Database, number: int) -> RuleDraft:
        draft = self._draft(database, number)
        if draft is None:
            raise draft_errors.RuleDraftUnknownError
        return draft

    def _version(self, database: Database, number: int, version: int) -> DraftAct:
        for act in self.acts_of(database, number):
            if act.version == version:
                return act
        raise draft_errors.RuleDraftVersionError
