"""Apply a clerk's edit to a draft; pure, given the rule book.

Returns drafts. Decides nothing about a resident.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from medcounter.assess.insured_years import insured_before
from medcounter.desk.draft.draft import TYPED, DraftValue
from medcounter.desk.draft.season import year_in_season

if TYPE_CHECKING:
    from datetime import date

    from medcounter.assess.engine.rule_book import AnswerField, RuleBook
    from medcounter.desk.draft.draft import Draft

UNPAID_YEARS = "unpaid_years"
OMNIBOX = "id_number"
_PLACED = frozenset({"region", "scheme"})
_NOTICE_NUMBER = re.compile(r"\s*\d{4}-\d{1,2}-\d{0,6}\s*")


class EditContext(NamedTuple):
    """What an edit is made with.

    Attributes:
        book: The rules in use; None while none are open.
        on: The day at the counter.
        birth: Of the resident; None when unknown.
    """

    book: RuleBook | None
    on: date
    birth: date | None


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


def changed(draft: Draft, name: str, value: DraftValue, context: EditContext) -> Draft:
    """Return the draft with one edit made.

    Args:
        draft: What stood there.
        name: A draft field, ``answers.<code>``, or :data:`UNPAID_YEARS` with a
            digit.
        value: In the type that field has.
        context: What the edit is made with.
    """
    if name == UNPAID_YEARS:
        return draft.with_("insured_years", _insured(draft, str(value), context.birth))
    if name.startswith("answers."):
        return draft.with_answer(name.partition(".")[2], str(value))
    edited = draft.with_(name, value)
    if name not in _PLACED or context.book is None:
        return edited
    return _placed(draft, edited, context.book, context.on)


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


def _insured(draft: Draft, text: str, birth: date | None) -> tuple[int, ...] | None:
    if not text.isdecimal():
        return None
    return insured_before(draft.benefit_year, int(text), birth)


def _placed(before: Draft, draft: Draft, book: RuleBook, on: date) -> Draft:
    """Take the year in season at a place just chosen.

    A year that the clerk chose stays where the place has it; one that only was
    in season at the place before does not follow to this one.
    """
    usual = year_in_season(before.region, before.scheme, book, on)
    pairs = {(one.scheme, one.benefit_year) for one in book.covered(draft.region)}
    if draft.benefit_year != usual and (draft.scheme, draft.benefit_year) in pairs:
        return draft
    return draft.with_("benefit_year", year_in_season(draft.region, draft.scheme, book, on))
