"""The paths of everything in a data folder; touches no file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KEY_FILE = "keyslots.json"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where everything lies in a data folder."""

    folder: Path

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.folder / "owner.lock"

    @property
    def ledger(self) -> Path:
        """People and notices."""
        return self.folder / "ledger.db"

    @property
    def new_ledger(self) -> Path:
        """A ledger in the making; it gets its name when it is whole."""
        return self.folder / "ledger.db.new"

    @property
    def new_journal(self) -> Path:
        """The empty journal that making a ledger leaves behind."""
        return self.folder / "ledger.db.new-journal"

    @property
    def rules(self) -> Path:
        """The cache of rules."""
        return self.folder / "rules.db"

    @property
    def drafts(self) -> Path:
        """Rules in the making, with all their versions."""
        return self.folder / "drafts.db"

    @property
    def drafts_copy(self) -> Path:
        """Their copy, made when a program that changed them ends."""
        return self.backups / "drafts.db"

    @property
    def bundles(self) -> Path:
        """The verified bytes of every bundle taken in."""
        return self.folder / "bundles"

    @property
    def roots(self) -> Path:
        """The signed updates of whose signatures count."""
        return self.folder / "roots"

    @property
    def backups(self) -> Path:
        """Verified copies of the ledger."""
        return self.folder / "backups"

    @property
    def auditors(self) -> Path:
        """What auditors may see of the ledger, under their key."""
        return self.folder / "auditor.db"

    @property
    def auditors_notes(self) -> Path:
        """What auditors did, until the ledger takes it in."""
        return self.folder / "auditor-notes.jsonl"

    @property
    def anchor(self) -> Path:
        """How far the ledger went, kept outside it."""
        return self.folder / "anchor.json"

    @property
    def mirrored(self) -> Path:
        """What was copied to the second place last."""
        return self.folder / "second-place.json"

    @property
    def walked(self) -> Path:
        """How far the ledger was walked without a fault."""
        return self.folder / "walked.json"

    @property
    def journal(self) -> Path:
        """What SQLite needs to undo a transaction that was cut off."""
        return self.folder / "ledger.db-journal"

    @property
    def restoring(self) -> Path:
        """A backup on its way to become the ledger."""
        return self.folder / "ledger.db.restoring"

    @property
    def restored(self) -> Path:
        """A verified ledger that only waits to get its name."""
        return self.folder / "ledger.db.restored"

    @property
    def restore_mark(self) -> Path:
        """What a restore says of the ledger that waits."""
        return self.folder / "restored.mark"

    @property
    def replaced(self) -> Path:
        """Ledgers in whose place a backup was put; never deleted by us."""
        return self.folder / "replaced"

    @property
    def rescued(self) -> Path:
        """Beside the folder: what an open ledger held when the folder was lost."""
        whole = self.folder.absolute()
        return whole.with_name(f"{whole.name}-rescued")

    def replaced_key_files(self) -> list[Path]:
        """List the key files beside replaced ledgers, in order."""
        return sorted(self.replaced.glob(f"*/*{KEY_FILE}"))

    @property
    def key_file(self) -> Path:
        """The key slots."""
        return self.folder / KEY_FILE

    @property
    def key_copy(self) -> Path:
        """Their copy, with the backups it opens."""
        return self.backups / KEY_FILE

    @property
    def tries(self) -> Path:
        """How often a wrong secret was typed."""
        return self.folder / "sign-in.json"

    @property
    def tries_copy(self) -> Path:
        """The second file of that, so that a file put back begins nothing anew."""
        return self.backups / "sign-in.json"

    @property
    def signing_in(self) -> Path:
        """The lock file that lets one try at a time be made."""
        return self.folder / "sign-in.lock"

    @property
    def tries_elsewhere(self) -> Path:
        """The same for key slots that lie beside a backup."""
        return self.folder / "sign-in-elsewhere.json"
