"""A new rule of a place, with all derived that its author need not say.

Its source is the one last used, its clause that of the last rule of its section;
identifier, order, standing and sentences follow from what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from medcounter.authoring.document.document_path import Json, objects_in
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.derive.derived_links import (
    derived_exceptions,
    fresh_id,
    general_above,
    relinked,
)
from medcounter.authoring.form.derive.derived_sentences import derived_sentences
from medcounter.authoring.form.derive.derived_status import derived_standing
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_sections import SECTION_TITLES, section_of
from medcounter.authoring.form.inheritance import InheritedRule, own_rules
from medcounter.json_path import JsonPath
from medcounter.rules.checking.blanks import blank

CLAUSE_BLANK = blank("第几条；没有写的打“？”")
SOURCE_BLANK = blank("哪个来源")
_OF_DOUBT = ("status", "doubt", "concerns", "readings", "valid")
_SECTIONS = tuple(SECTION_TITLES)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new rule is to say; the rest is derived.

    Attributes:
        question: The question it answers.
        wish: The id it should have; with a number where that is taken.
        answer: Its answer, blanks where the announcement must speak.
        when: Its condition; None always holds.
        grounds: Whom it is for, of questions that ask it; empty where to be filled.
        replaces: Id of the inherited rule whose place it takes; empty for none.
        more: Further keys.
    """

    question: str
    wish: str
    answer: Json
    when: Json = None
    grounds: list[str] | None = None
    replaces: str = ""
    more: Mapping[str, Json] = field(default_factory=dict)


class Placed(NamedTuple):
    """A document with something new in it, and where that stands."""

    document: PlaceDocument
    path: JsonPath


def placed(names: FormNames, wish: Wish) -> Placed:
    """Put a new rule into the document, in its section's place.

    Args:
        names: The names of the draft.
        wish: What the rule is to say.
    """
    document = names.document
    known = {one.rule["id"] for one in names.inherited}
    taken = wish.replaces if wish.replaces in known else ""
    if not taken and wish.when is None:
        taken = general_above(names, wish.question)
    rule = _begun(names, wish, taken)
    at = _position(document, section_of(rule))
    path: JsonPath = (*document.base, "rules", at)
    if not document.has((*document.base, "rules")):
        document = document.replaced((*document.base, "rules"), [])
    inserted = document.inserted(path, _finished(names, rule))
    # Its own order is derived with it in place, that of the others because it came.
    return Placed(relinked(names, FormNames(inserted, names.base)), path)


def made_local(names: FormNames, above: InheritedRule, *, with_doubt: bool = False) -> Placed:
    """Make a place's own rule of an inherited one, to be changed there.

    Args:
        names: The names of the draft.
        above: The inherited rule.
        with_doubt: Whether its standing, doubt and readings come too; what a
            place says itself leaves them behind.
    """
    rule = above.rule
    applies = {} if derived_sentences(names, rule) else {"applies": rule["applies"]}
    wish = Wish(
        str(rule["question"]),
        f"{rule['id']}-local",
        rule["answer"],
        rule.get("when"),
        list(rule["grounds"]) if "grounds" in rule else None,
        str(rule["id"]),
        applies,
    )
    made = placed(names, wish)
    if not with_doubt:
        return made
    doubtful = {key: rule[key] for key in _OF_DOUBT if key in rule}
    own = {**made.document.at(made.path), **doubtful}
    return Placed(made.document.replaced(made.path, own), made.path)


def last_source(names: FormNames) -> str:
    """Name the source of the last own rule; else the last own source, or a blank."""
    for _, rule in reversed(tuple(own_rules(names.document))):
        if isinstance(rule.get("source"), str):
            return str(rule["source"])
    sources = objects_in(names.document.content.get("sources"))
    own = [one for _, one in sources if one.get("id")]
    return str(own[-1]["id"]) if own else SOURCE_BLANK


def last_clause(names: FormNames, section: str) -> str:
    """Return the clause of the last own rule of a section; a blank where none is."""
    for _, rule in reversed(tuple(own_rules(names.document))):
        if section_of(rule) == section and isinstance(rule.get("clause"), str):
            return str(rule["clause"])
    return CLAUSE_BLANK


def _begun(names: FormNames, wish: Wish, replaces: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": fresh_id(names.document, names, wish.wish),
        "question": wish.question,
    }
    if wish.when is not None:
        rule["when"] = wish.when
    if wish.grounds is not None:
        rule["grounds"] = wish.grounds
    rule["exception_to"] = []
    if replaces:
        rule["replaces"] = replaces
    rule["answer"] = wish.answer
    rule["source"] = last_source(names)
    rule["clause"] = last_clause(names, section_of(rule))
    return {**rule, **wish.more}


def _finished(names: FormNames, rule: dict[str, Any]) -> dict[str, Any]:
    """Add to a rule what is derived of it."""
    exceptions = list(derived_exceptions(names, rule))
    standing = derived_standing(names, rule)
    kept = {key: value for key, value in rule.items() if key not in {"exception_to", "applies"}}
    ordered: dict[str, Any] = {}
    for key, value in kept.items():
        if key in {"replaces", "answer"} and exceptions and "exception_to" not in ordered:
            ordered["exception_to"] = exceptions
        ordered[key] = value
    ordered["status"] = standing.status
    if standing.doubt is not None:
        ordered["doubt"] = standing.doubt
    sentences = derived_sentences(names, ordered)
    if "applies" in rule:
        return {**ordered, "applies": rule["applies"]}
    if not sentences:
        return {**ordered, "applies": blank("要说的话")}
    return {**ordered, "fails": sentences["fails"], "applies": sentences["applies"]}


def _position(document: PlaceDocument, section: str) -> int:
    """Find the place after the last rule of a section, or of those before it."""
    order = _SECTIONS.index(section)
    found = 0
    for number, rule in own_rules(document):
        if _SECTIONS.index(section_of(rule)) <= order:
            found = number + 1
    return found
