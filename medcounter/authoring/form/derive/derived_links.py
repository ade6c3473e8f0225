"""Which rules a rule goes before, derived from how special its condition is.

An identity goes before an age band, a full price before both, and the rule for
everybody gives way to each: what an author would have to write as exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.authoring.document.document_path import Json, JsonRecord
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.derive.derived_sentences import codes_in
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.inheritance import own_list, own_rules
from medcounter.json_path import JsonPath
from medcounter.rules.questions import QUESTION

_ONE = "one"
# How special each test is; a condition is as special as its most special part.
_RANK = {
    "lapsed": 2,
    "insured": 2,
    "repair": 2,
    "paid": 2,
    "day-of-month": 2,
    "answer": 2,
    "age": 4,
    "born": 4,
    "years-since-birth-year": 4,
    "identity": 6,
    "event": 6,
    "elapsed": 6,
}
_WINDOW_KIND, _WINDOW_RULE = 2, 8
# Whoever may come by one of two ways is less special than who comes by that way.
_LESS_FOR_ANY = 1
_CLOSED = 9


def derived_exceptions(names: FormNames, rule: JsonRecord) -> tuple[str, ...]:
    """Name the rules that a rule defeats where it holds.

    Those of the same question that are less special, and those from above: what
    a place says itself of some people goes before what is said of them there.
    Where it takes the place of an inherited rule, it defeats what that one did.

    Args:
        names: The names of the draft, in which the rule may already stand.
        rule: As written; may be half written.
    """
    question = str(rule.get("question"))
    if question not in QUESTION or QUESTION[question].mode != _ONE:
        return ()
    replaced = {str(one.get("replaces")) for _, one in own_rules(names.document)}
    replaced |= {str(rule.get("replaces"))}
    gone = replaced | {str(one.get("rule")) for _, one in own_list(names.document, "drops")}
    above = [one.rule for one in names.inherited if one.rule["id"] not in gone]
    rank = rank_of_rule(rule)
    local = rank > 0 and "replaces" not in rule
    found = [
        str(one["id"])
        for one in above
        if one["question"] == question and (local or rank_of_rule(one) < rank)
    ]
    found += [
        str(one.get("id"))
        for _, one in own_rules(names.document)
        if one.get("question") == question
        and one.get("id") != rule.get("id")
        and rank_of_rule(one) < rank
    ]
    inherited = next(
        (one.rule for one in names.inherited if one.rule["id"] == rule.get("replaces")), {}
    )
    found += [one for one in inherited.get("exception_to", ()) if one not in replaced]
    return tuple(dict.fromkeys(found))


def rank_of(when: Json) -> int:
    """Rank a condition: 0 holds for everybody, more is narrower."""
    if not isinstance(when, dict):
        return 0
    parts = when.get("of")
    test = str(when.get("test"))
    if test in {"all", "any"} and isinstance(parts, list):
        most = max((rank_of(part) for part in parts), default=1)
        return most if test == "all" else most - _LESS_FOR_ANY
    if test == "window":
        return _WINDOW_RULE if when.get("rules") else _WINDOW_KIND
    return _RANK.get(test, 1)


def rank_of_rule(rule: JsonRecord) -> int:
    """Rank a rule by its condition; closed days come before all others."""
    answer = rule.get("answer")
    closed = isinstance(answer, dict) and answer.get("kind") == "closed"
    rank = rank_of(rule.get("when"))
    return _CLOSED if closed and rank else rank


def relinked(before: FormNames, after: FormNames, by_hand: JsonPath | None = None) -> PlaceDocument:
    """Derive anew which rules go before which, where they were derived before.

    Args:
        before: The names before a change.
        after: Those after it, of the document to be returned.
        by_hand: Path of the rule for which the change itself says it; stays as it is.
    """
    known = {str(rule.get("id")): rule for _, rule in own_rules(before.document)}
    document = after.document
    for number, rule in own_rules(after.document):
        if (*document.base, "rules", number) == by_hand:
            continue
        then = known.get(str(rule.get("id")))
        if then is not None and tuple(codes_in(then.get("exception_to"))) != derived_exceptions(
            before, then
        ):
            continue
        document = _linked(document, (*document.base, "rules", number), after, rule)
    return document


def _linked(
    document: PlaceDocument, path: tuple[str | int, ...], names: FormNames, rule: JsonRecord
) -> PlaceDocument:
    wanted = list(derived_exceptions(names, rule))
    if codes_in(rule.get("exception_to")) == wanted:
        return document
    here = (*path, "exception_to")
    if wanted:
        return document.replaced(here, wanted)
    return document.removed(here) if document.has(here) else document


def general_above(names: FormNames, question: str) -> str:
    """Name the rule from above that holds for everybody, if the place has it still.

    Args:
        names: The names of the draft.
        question: Code of the question.
    """
    if question not in QUESTION or QUESTION[question].mode != _ONE:
        return ""
    gone = {str(one.get("replaces")) for _, one in own_rules(names.document)}
    found = [
        str(one.rule["id"])
        for one in names.inherited
        if one.rule["question"] == question
        and rank_of_rule(one.rule) == 0
        and one.rule["id"] not in gone
    ]
    return found[0] if len(found) == 1 else ""


def fresh_id(document: PlaceDocument, names: FormNames, wish: str) -> str:
    """Make an id that no rule has, own or inherited: the wish, or with a number."""
    taken = {str(rule.get("id")) for _, rule in own_rules(document)}
    taken |= {str(one.rule.get("id")) for one in names.inherited}
    return next(name for name in _numbered(wish) if name not in taken)


def _numbered(wish: str) -> Iterator[str]:
    yield wish
    number = 2
    while True:
        yield f"{wish}-{number}"
        number += 1
