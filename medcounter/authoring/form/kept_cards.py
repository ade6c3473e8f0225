"""The cards of the form before, for whatever stands as it stood then.

A card shows its own record and names others: their labels, periods, sources,
conditions. While all that may be named is the same, only changed records are shown
anew; what anything else named makes all cards anew. The sentence by which a rule is
named changes with each figure in it, and the items of a fee with each label: they
make only those cards anew that name them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import RuleCard
from medcounter.authoring.form.inheritance import own_list, own_rules
from medcounter.json_path import JsonPath

# What no card but its own shows of a rule; the sentence names it, which is asked apart.
_OWN = frozenset(
    {
        "answer", "source", "clause", "status", "doubt", "concerns", "readings", "applies",
        "fails", "valid",
    }
)  # fmt: skip
# Lists of a programme whose records no card but their own shows, save which rule is dropped.
_RECORDS = frozenset({"rules", "advice", "conflicts", "accepted", "drops"})
_WINDOW = "window"


class _KeptCard(NamedTuple):
    """A card, the record it was built of, and how the rules it names were named."""

    record: object
    card: RuleCard
    sayings: Mapping[str, object]


class KeptCards:
    """Cards by where they stand, with the record each was built of."""

    _names: FormNames

    def __init__(self) -> None:
        """Begin with no card."""
        self._named: object = None
        self._base: object = None
        self._known: dict[JsonPath, _KeptCard] = {}
        self._next: dict[JsonPath, _KeptCard] = {}

    def begin(self, names: FormNames) -> None:
        """Begin a form; forget all cards where anything they name has changed."""
        named = _named(names)
        same = self._base is names.base and self._named == named and not names.revealed
        self._named, self._base, self._names = named, names.base, names
        self._known, self._next = (self._next if same else {}), {}

    def card(self, path: JsonPath, record: object, build: Callable[[], RuleCard]) -> RuleCard:
        """Return the card of a record; it is built where the record is another one.

        Args:
            path: Where the record stands.
            record: As it stands there; a document is never changed where it stands.
            build: Builds the card.
        """
        known, names = self._known.get(path), self._names
        if known is None or not _is_same(known, record, names):
            known = _built(record, build, names)
        self._next[path] = known
        return known.card


def _is_same(known: _KeptCard, record: object, names: FormNames) -> bool:
    said = known.sayings.items()
    return known.record is record and all(names.sayings(one) == then for one, then in said)


def _built(record: object, build: Callable[[], RuleCard], names: FormNames) -> _KeptCard:
    asked = names.listen()
    card = build()
    return _KeptCard(record, card, {one: names.sayings(one) for one in tuple(asked)})


def _named(names: FormNames) -> tuple[object, ...]:
    """Gather what cards may name: of the rules their heads, of all else everything."""
    document = names.document
    own = {key: value for key, value in document.own.items() if key not in _RECORDS}
    own["drops"] = [one.get("rule") for _, one in own_list(document, "drops")]
    rules = [_head(rule) for _, rule in own_rules(document)]
    content = document.content
    return (
        document.programme, own, rules, document.vocabulary, content.get("sources"),
    )  # fmt: skip


def _head(rule: Mapping[str, Any]) -> dict[str, object]:
    head: dict[str, object] = {key: value for key, value in rule.items() if key not in _OWN}
    if rule.get("question") == _WINDOW:
        head["answer"] = rule.get("answer")
    return head
