"""Rule drafts to test the store with; their contents are invented."""

from datetime import timedelta

from medcounter.store.opening.store import Store
from medcounter.store.rule_drafts.draft_acts import (
    DraftEntry,
    DraftPlace,
    NewRuleDraft,
    RuleDraft,
)
from tests.support.store.store_samples import AT

WUXI = DraftPlace("320200", "resident", 2026)
FIRST = {"document": b'{"amount": "410.00"}', "marks": b"[]"}


def said(words: str, author: str = "李晓", minutes: int = 0) -> DraftEntry:
    return DraftEntry(author, AT + timedelta(minutes=minutes), words)


def begun(store: Store, parts: dict[str, bytes] | None = None) -> RuleDraft:
    return store.rule_drafts.begin(NewRuleDraft(WUXI, "无锡市", parts or FIRST), said("新建"))


def kept(store: Store, number: int, document: bytes, words: str = "改了金额") -> None:
    store.rule_drafts.keep(number, {**FIRST, "document": document}, said(words))


def document(store: Store, number: int, version: int | None = None) -> bytes:
    return store.rule_drafts.parts(number, version)["document"]
