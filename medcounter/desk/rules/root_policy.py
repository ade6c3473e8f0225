"""Decide whose signatures count at this desk: shipped roots and their updates.

Provides the roots to verify an offered bundle with. An update that lies beside
the bundle is followed; it is stored only when the bundle is taken in, or when
it is accepted on its own.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from medcounter.bundle.roots_from_folder import updates_in
from medcounter.bundle.signed_package import read_package
from medcounter.store.opening.store import Store
from medcounter.trust.roots import Roots


class RootPolicy:
    """The roots of one open desk.

    Attributes:
        newest: The ones that count now.
    """

    def __init__(self, store: Store, release: Roots, on: date) -> None:
        """Follow what was accepted here.

        Args:
            store: The open store.
            release: The program's own roots.
            on: The day the desk was opened.
        """
        self._store = store
        self._on = on
        self.newest = store.roots.current(release)

    def for_package(self, package: Path | bytes) -> tuple[Roots, tuple[bytes, ...]]:
        """Return the roots to verify a package by, and the updates it needs.

        Raises:
            RootsLostError: An accepted update is gone and not beside it.
            RootsExpiredError: The roots' last day is over.
            StoreError: The ledger failed.
        """
        beside = () if isinstance(package, bytes) else updates_in(package.parent)
        roots: Roots = self.newest
        followed: tuple[bytes, ...] = ()
        if beside:
            from medcounter.trust.rotation import follow  # noqa: PLC0415 - loads what signs

            roots, followed = follow(roots, beside)
        self._store.roots.require_all(roots)
        roots.require_current(self._on)
        return roots, followed

    def accept(self, update: Path | bytes, at: datetime, clerk: str) -> Roots:
        """Let new roots count from now on.

        Raises:
            RootsUpdateRefusedError: One subclass per cause; the old stay.
            PackageRefusedError: The file cannot be read.
            StoreError: They could not be kept.
        """
        data = update if isinstance(update, bytes) else read_package(update)
        self.newest = self._store.roots.accept(self.newest, data, at, clerk)
        return self.newest
