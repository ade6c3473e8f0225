"""The own secret, asked again of whoever signs something by name.

A session that was left open signs nothing: a signature takes a word that the own
secret gave just before, and uses it up.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    OwnSecretMissingError,
    OwnSecretWrongError,
    SignInOffError,
    SignInRefusedError,
)
from medcounter.desk.access.access_records import Credential, SigningWord
from medcounter.desk.access.open_slots import OpenSlots
from medcounter.trust.signer import Signer


class OwnSecret:
    """The secret of who signed in, before each of their signatures."""

    def __init__(self, folder: Path, slots: OpenSlots) -> None:
        """Ask at a folder; its slots tell who is here."""
        self._folder = folder
        self._slots = slots
        self._given: tuple[SigningWord, Signer] | None = None

    def checking(self, secret: str) -> Callable[[], Callable[[datetime], SigningWord]]:
        """Return the work of checking a secret; what it gives tells the ledger.

        The work takes a fifth of a second and may be done in any thread, the telling
        is the desk's: it gives the word, or raises ``OwnSecretWrongError``.

        Args:
            secret: As typed by the person who signed in.

        Raises:
            SignInOffError: Nobody signed in.
            KeySlotError: The key files cannot be used; the work raises it.
        """
        here = self._slots.credential
        if here is None:
            raise SignInOffError
        folder, name = self._folder, here.name

        def work() -> Callable[[datetime], SigningWord]:
            try:
                given = sign_in.sign_in(folder, name, secret)
            except SignInRefusedError as err:
                return partial(self._refuse, err.seconds)
            return partial(self._accept, given)

        return work

    def check(self, secret: str, at: datetime) -> SigningWord:
        """Check a secret at once, as :meth:`checking` does.

        Raises:
            OwnSecretWrongError: It is not the own secret, or it is too early to try.
            MedCounterError: As :meth:`checking` has it.
        """
        return self.checking(secret)()(at)

    def use(self, word: SigningWord) -> Signer:
        """Use a word up; returns what its person signs with.

        Raises:
            OwnSecretMissingError: It was used already, or is of somebody else.
        """
        given, self._given = self._given, None
        here = self._slots.credential
        if given is None or given[0] != word or here is None or here.key.signer != given[1]:
            raise OwnSecretMissingError
        return given[1]

    def _refuse(self, seconds: int, at: datetime) -> SigningWord:
        self._slots.tell_refused(at)
        way_on = f"请等 {seconds} 秒再试" if seconds else "请核对大小写和输入法后重输"
        raise OwnSecretWrongError(f"口令不对，没有签名，草稿不变；{way_on}。", seconds)

    def _accept(self, given: Credential, at: datetime) -> SigningWord:
        del at
        self._slots.require_here(given)
        signer = given.key.signer
        if signer is None:
            raise OwnSecretMissingError
        word = SigningWord(given.name, secrets.token_hex(16))
        self._given = word, signer
        return word
