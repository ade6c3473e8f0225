"""Apply a clerk's edit to a draft; pure, given the rule book.

Returns drafts. Decides nothing about a resident.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from medcounter.desk.draft.draft import TYPED, DraftValue
from medcounter.desk.draft.insured_years import insured_before

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import AnswerField, RuleBook
    from medcounter.desk.draft.draft import Draft

COVER_YEAR = "cover_year"
UNPAID_YEARS = "unpaid_years"
OMNIBOX = "id_number"
_NOTICE_NUMBER = re.compile(r"\s*\d{4}-\d{1,2}-\d{0,6}\s*")


class CoverYear(NamedTuple):
    """A scheme and a benefit year, which are chosen together."""

    scheme: str
    benefit_year: int


Edit = DraftValue | CoverYear


def is_search(text: str) -> bool:
    """Tell a search from an ID number that is being typed.

    Letters alone, Chinese characters, and the number of a notice are sought;
    digits, and letters among digits as in a passport, are typed.
    """
    if _NOTICE_NUMBER.fullmatch(text):
        return True
    return any(map(str.isalpha, text)) and not any(map(str.isdecimal, text))


def undo_key(name: str, place: int) -> str:
    """Name the field that is typed into, for undo; empty for a choice."""
    head = name.partition(".")[0]
    typed = name in TYPED or head in {"answers", "events"}
    return f"{place} {name}" if typed else ""


def changed(
    draft: Draft, name: str, value: Edit, book: RuleBook | None, birth_year: int | None
) -> Draft:
    """Return the draft with one edit made.

    Args:
        draft: What stood there.
        name: A draft field, ``answers.<code>``, :data:`COVER_YEAR` with a
            :class:`CoverYear`, or :data:`UNPAID_YEARS` with a digit.
        value: In the type that field has.
        book: The rules in use; None while none are open.
        birth_year: Of the resident; None when unknown.
    """
    if name == UNPAID_YEARS:
        return draft.with_("insured_years", _insured(draft, str(value), birth_year))
    if name.startswith("answers."):
        return draft.with_answer(name.partition(".")[2], str(value))
    if isinstance(value, CoverYear):
        return draft.with_("scheme", value.scheme).with_("benefit_year", value.benefit_year)
    draft = draft.with_(name, value)
    return _covered(draft, book) if name == "region" and book is not None else draft


def on_demand(book: RuleBook, questions: tuple[AnswerField, ...]) -> tuple[str, ...]:
    """Name the questions without a default: a missing answer is a problem then.

    A list of years is never missing, so it is always offered.
    """
    terms = {question.code: book.answer_term(question.code) for question in questions}
    return tuple(
        code
        for code, term in terms.items()
        if term is not None and term.unsaid is None and term.kind != "years"
    )


def _insured(draft: Draft, text: str, birth_year: int | None) -> tuple[int, ...] | None:
    if not text.isdecimal():
        return None
    return insured_before(draft.benefit_year, int(text), birth_year)


def _covered(draft: Draft, book: RuleBook) -> Draft:
    """Keep the year where the place has it, else take its first one."""
    covered = book.covered(draft.region)
    pairs = [(one.scheme, one.benefit_year) for one in covered]
    if not pairs or (draft.scheme, draft.benefit_year) in pairs:
        return draft
    return draft.with_("scheme", covered[0].scheme).with_("benefit_year", covered[0].benefit_year)
