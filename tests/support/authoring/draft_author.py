"""An author who writes a place by calls on an open draft alone: takes offers, types into fields."""

from datetime import datetime

from medcounter.authoring.form.form_records import CardOffer, FieldState, FormField, RuleCard
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.json_path import JsonPath

# An offer is taken by its letter and Enter; each field ends with Enter.
KEYS_OF_AN_OFFER = 2


class DraftAuthor:
    """Writes a draft as the view does, and counts the keys.

    Attributes:
        draft: The draft.
        keys: Characters typed, an Enter a field, two keys an offer.
    """

    def __init__(self, draft: OpenDraft, at: datetime) -> None:
        self.draft = draft
        self.at = at
        self.keys = 0

    def make(self, maker: str, *texts: str, at: str = "") -> None:
        """Take an offer and type what it leaves empty, in the order shown."""
        place = next((card.path for card in self.draft.form.cards if card.rule_id == at), ())
        path = self.draft.do(CardOffer(maker, maker, place), self.at)
        self.keys += KEYS_OF_AN_OFFER
        card = self._card_of(path)
        for text in texts:
            field = next(one for one in self._empty() if one.path[: len(card.path)] == card.path)
            self._type(field, text)

    def item(self, rule: str, label: str, amount: str) -> None:
        """Add one part of a fee."""
        card = self._card(rule)
        self.draft.do(CardOffer("add-entry", "", (*card.path, "answer", "items")), self.at)
        for text in (label, amount):
            self._type(self._empty()[0], text)

    def change(self, rule: str, label: str, text: str) -> None:
        """Type into a field that is already filled."""
        self._type(next(one for one in self._card(rule).fields if one.label == label), text)

    def left_empty(self) -> list[str]:
        """Name the fields that still have to be filled."""
        return [field.label for field in self._empty()]

    def _empty(self) -> list[FormField]:
        return [
            field
            for field in self.draft.form.fields
            if field.state is FieldState.EMPTY and not field.optional
        ]

    def _card(self, rule: str) -> RuleCard:
        return next(one for one in self.draft.form.cards if one.rule_id == rule)

    def _card_of(self, path: JsonPath) -> RuleCard:
        holding = (one for one in self.draft.form.own_cards if path[: len(one.path)] == one.path)
        return max(holding, key=lambda one: len(one.path))

    def _type(self, field: FormField, text: str) -> None:
        self.draft.change(field.path, text, self.at)
        self.keys += len(text) + 1
