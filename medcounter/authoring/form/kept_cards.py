"""The cards of the form before, for whatever stands as it stood then.

A card shows its own record and names others: their labels, periods, sources,
conditions. While all that may be named is the same, only changed records are shown
anew; what anything else named makes all cards anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medcounter.authoring.document.document_path import objects_in
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import RuleCard
from medcounter.authoring.form.inheritance import own_rules
from medcounter.json_path import JsonPath

# What no card but its own shows of a rule.
_OWN = frozenset(
    {"answer", "source", "clause", "status", "doubt", "concerns", "readings", "fails", "valid"}
)
_WINDOW, _STANDARD = "window", "standard"


class KeptCards:
    """Cards by where they stand, with the record each was built of."""

    def __init__(self) -> None:
        """Begin with no card."""
        self._named: object = None
        self._base: object = None
        self._known: dict[JsonPath, tuple[object, RuleCard]] = {}
        self._next: dict[JsonPath, tuple[object, RuleCard]] = {}

    def begin(self, names: FormNames) -> None:
        """Begin a form; forget all cards where anything they name has changed."""
        named = _named(names)
        same = self._base is names.base and self._named == named and not names.revealed
        self._named, self._base = named, names.base
        self._known, self._next = (self._next if same else {}), {}

    def card(self, path: JsonPath, record: object, build: Callable[[], RuleCard]) -> RuleCard:
        """Return the card of a record; it is built where the record is another one.

        Args:
            path: Where the record stands.
            record: As it stands there; a document is never changed where it stands.
            build: Builds the card.
        """
        known = self._known.get(path)
        card = known[1] if known is not None and known[0] is record else build()
        self._next[path] = (record, card)
        return card


def _named(names: FormNames) -> tuple[object, ...]:
    """Gather what cards may name: of the rules their heads, of all else everything."""
    document = names.document
    own = {key: value for key, value in document.own.items() if key != "rules"}
    rules = [_head(rule) for _, rule in own_rules(document)]
    content = document.content
    return (
        document.programme, own, rules, document.vocabulary, content.get("sources"),
        content.get("regions"),
    )  # fmt: skip


def _head(rule: Mapping[str, Any]) -> dict[str, object]:
    head: dict[str, object] = {key: value for key, value in rule.items() if key not in _OWN}
    question, answer = rule.get("question"), rule.get("answer")
    if question == _WINDOW:
        head["answer"] = answer
    elif question == _STANDARD and isinstance(answer, dict):
        items = objects_in(answer.get("items"))
        head["answer"] = [(one.get("code"), one.get("label")) for _, one in items]
    return head
