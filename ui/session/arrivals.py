"""A person arrives at the counter: found, read from a card, or new.

Passes the person to the session; decides nothing about them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_edits import OMNIBOX
from medcounter.desk.evaluate.household import whole_number

if TYPE_CHECKING:
    from medcounter.identity.card import Card

    from .session import Session


class Arrivals(QObject):
    """The ways in which a resident arrives at a session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def take_match(self, number: str) -> None:
        """Serve the known person of a notice."""
        desk, search = self._session.desk, self._session.search
        if desk is None:
            return
        known = search.begun(desk, Draft(), number)
        if known == Draft():  # why nothing may be shown was told
            return

        def fill(draft: Draft) -> Draft:
            # Shown once, kept once.
            return search.begun(desk, replace(draft, id_number=known.id_number), number)

        self._session.serve(whole_number(known), fill)

    def recall(self) -> None:
        """Show who was served here last."""
        if self._session.desk is not None:
            self._session.search.show_recent(self._session.desk)

    def take_unknown(self, text: str) -> None:
        """Begin with a new resident under the name that was sought in vain."""
        spelt = text.isascii() and text.islower()
        self._session.serve("", lambda draft: draft if spelt else draft.with_("name", text))

    def take_card(self, card: Card) -> None:
        """Serve the person of a card; what is printed on it comes first."""
        desk, search = self._session.desk, self._session.search

        def fill(draft: Draft) -> Draft:
            named = draft.with_("name", card.name) if card.name else draft
            numbered = named.with_(OMNIBOX, card.id_number)
            return numbered if desk is None else search.recognised(desk, numbered)

        self._session.serve(card.id_number, fill)
