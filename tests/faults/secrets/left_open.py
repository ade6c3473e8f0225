"""Somebody presses sign at a desk where a supervisor signed in and went away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.authoring.document.place_document import PlaceDocument
from tests.support.desk.hall_samples import (
    AT,
    CLERK_NAME,
    NAMES,
    NO_WORD,
    let_in,
    opened,
    release_at,
    secret_of,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from medcounter.desk.access.access_records import SigningWord
    from medcounter.desk.desk import Desk

WANG, LI, _ = NAMES


def document_at(folder: Path) -> PlaceDocument:
    """The made-up place's rules, as the hall there releases them."""
    what = release_at(folder)
    return PlaceDocument.opened(what.part, 0, what.vocabulary)


def left_open(word: Callable[[Desk], SigningWord]) -> Callable[[Path, str], None]:
    """Let a clerk press sign where the reviewer signed in and went away."""

    def attack(folder: Path, _recovery: str) -> None:
        document = document_at(folder)
        with opened(folder, WANG) as desk:
            half = desk.release.sign_as_author(document, LI, AT.date(), word_of(desk), AT)
            kept = word_of(desk)
            let_in(desk, LI)
            given = kept if word is _word_of_author else word(desk)
            whole = desk.release.sign_as_reviewer(half, given, AT)
            desk.hall_rules.take(desk.hall_rules.plan(whole.data, AT.date()), AT)

    return attack


def _word_of_author(desk: Desk) -> SigningWord:
    return word_of(desk)


def _no_word(_desk: Desk) -> SigningWord:
    return NO_WORD


def _clerks_secret(desk: Desk) -> SigningWord:
    return desk.release.check_secret(secret_of(CLERK_NAME), AT)


def _used_word(desk: Desk) -> SigningWord:
    word = word_of(desk)
    desk.access.own_secret.use(word)
    return word


def _author_left_open(folder: Path, _recovery: str) -> None:
    document = document_at(folder)
    with opened(folder, WANG) as desk:
        half = desk.release.sign_as_author(document, LI, AT.date(), NO_WORD, AT)
        let_in(desk, LI)
        whole = desk.release.sign_as_reviewer(half, word_of(desk), AT)
        desk.hall_rules.take(desk.hall_rules.plan(whole.data, AT.date()), AT)


LEFT_OPEN: dict[str, Callable[[Path, str], None]] = {
    "an author's desk left open": _author_left_open,
    "a reviewer's desk left open": left_open(_no_word),
    "a reviewer's desk left open, with a clerk's secret": left_open(_clerks_secret),
    "a reviewer's desk left open, with the author's word": left_open(_word_of_author),
    "a reviewer's desk left open, with a word used before": left_open(_used_word),
}
