"""Every name that a field of one draft may choose from, with its Chinese label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from medcounter.authoring.document.document_path import JsonRecord
from medcounter.authoring.document.place_document import VOCABULARY, PlaceDocument
from medcounter.authoring.form.fixed_choices import FIXED_CHOICES
from medcounter.authoring.form.form_records import FieldChoice
from medcounter.authoring.form.inheritance import (
    InheritedRule,
    inherited_rules,
    own_rules,
    programmes_above,
)
from medcounter.json_path import JsonPath
from medcounter.rules.vocabulary import EVENTS, EVERY_ANSWER, IDENTITIES, NEWBORN, ORDINARY
from medcounter.wording.blank_words import said_without_case

_BIRTH = "birth"
_ABOUTS = "abouts"
# Instead of a question, where the rules of all are named; and where the items of the fee are.
EVERY, ITEMS = "*", "items"
_ASKED = {_ABOUTS: EVERY, ITEMS: ITEMS}
_LONGEST_RULE_LABEL = 24
NO_BASE: JsonRecord = {}


class FormNames:
    """The names of one draft over its base; each list is gathered once.

    Attributes:
        document: The draft.
        base: Document of the bundle it lies over.
        revealed: Fields that are shown though nothing stands there yet.
    """

    def __init__(
        self, document: PlaceDocument, base: JsonRecord, revealed: frozenset[JsonPath] = frozenset()
    ) -> None:
        self.document = document
        self.base = base
        self.revealed = revealed
        self._asked: set[str] = set()
        self._by_question: dict[str, tuple[FieldChoice, ...]] = {}

    @cached_property
    def inherited(self) -> tuple[InheritedRule, ...]:
        """The rules above that would hold here."""
        return inherited_rules(self.document, self.base)

    @cached_property
    def sources(self) -> dict[str, JsonRecord]:
        """Sources by id: the draft's, those that the rules above it cite, all others."""
        above = {
            rule.get("source")
            for _, programme in programmes_above(self.document, self.base)
            for rule in _objects(programme.get("rules"))
        }
        others = sorted(self.base.get("sources", ()), key=lambda one: one.get("id") not in above)
        records = [*_objects(self.document.content.get("sources")), *others]
        found: dict[str, JsonRecord] = {}
        for one in records:
            if isinstance(one.get("id"), str):
                found.setdefault(one["id"], one)
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """Code to label, of all that conditions name: as ``condition_words`` takes them."""
        asked: dict[str, str] = {}
        above = (one for _, one in programmes_above(self.document, self.base))
        for programme in (self.document.own, *above):
            for one in _objects(programme.get("asks")):
                for choice in _objects(one.get("choices")):
                    asked[f"{one.get('code')}={choice.get('value')}"] = str(choice.get("label"))
        windows = {code: f"“{label}”" for code, label in self._windows.items()}
        return {**asked, **self._identities, **self._events, **self._answers, **windows}

    def choices(self, name: str) -> tuple[FieldChoice, ...]:
        """List the choices of a list; empty for one that is not known."""
        if not name or name in FIXED_CHOICES:
            return FIXED_CHOICES.get(name, ())
        if name in _ASKED:
            self._asked.add(_ASKED[name])
        if name not in self._lists:
            self._lists[name] = _listed(self._codes(name))
        return self._lists[name]

    def rules_but(self, question: str, one_id: object) -> tuple[FieldChoice, ...]:
        """List the rules of a question that another of them may go before."""
        return tuple(one for one in self.rules_of(question) if one.value != one_id)

    def rules_of(self, question: str) -> tuple[FieldChoice, ...]:
        """List the rules of a question, own and inherited."""
        self._asked.add(question)
        if question not in self._by_question:
            self._by_question[question] = self._rules_of(question)
        return self._by_question[question]

    def sayings(self, question: str) -> object:
        """Return how rules of a question, of all, or items are named now."""
        if question == ITEMS:
            return self.choices(ITEMS)
        return self._every_label if question == EVERY else self.rules_of(question)

    def listen(self) -> set[str]:
        """Gather from now on whose names are asked: questions, EVERY, ITEMS."""
        self._asked = set()
        return self._asked

    def _rules_of(self, question: str) -> tuple[FieldChoice, ...]:
        own = [rule for _, rule in own_rules(self.document) if rule.get("question") == question]
        above = [one.rule for one in self.inherited if one.rule["question"] == question]
        return _listed({str(rule.get("id")): self._named(rule) for rule in (*own, *above)})

    def answer_values(self, code: str) -> tuple[FieldChoice, ...]:
        """List the choices that are asked of a free question; empty where any answer is."""
        marked = f"{code}="
        found = {
            name.removeprefix(marked): label
            for name, label in self.labels.items()
            if name.startswith(marked)
        }
        return _listed(found)

    @cached_property
    def _lists(self) -> dict[str, tuple[FieldChoice, ...]]:
        return {}

    def _codes(self, name: str) -> Mapping[str, str]:
        """Return code and label of every name of a list; empty for one that is not known."""
        lists: dict[str, Callable[[], Mapping[str, str]]] = {
            "sources": lambda: {code: str(one.get("title")) for code, one in self.sources.items()},
            "identities": lambda: self._identities,
            "events": lambda: self._events,
            "answers": lambda: self._answers,
            "windows": lambda: self._windows,
            "grounds": lambda: {NEWBORN: "新生儿", **self._identities, **self._events},
            "dated": lambda: self._dated,
            "since": lambda: {_BIRTH: "出生", **self._dated},
            ITEMS: lambda: self._items,
            "inherited": lambda: {one.rule["id"]: self._named(one.rule) for one in self.inherited},
            _ABOUTS: lambda: self._abouts,
        }
        return lists[name]() if name in lists else {}

    @cached_property
    def _dated(self) -> dict[str, str]:
        """What a day may be the day of: events, and answers that are dates."""
        own = (
            one
            for vocabulary in (self.base.get(VOCABULARY, {}), self.document.vocabulary)
            for one in _objects(vocabulary.get("answers"))
        )
        days = {term.code for term in EVERY_ANSWER if term.kind == "date"}
        days |= {str(one.get("code")) for one in own if one.get("kind") == "date"}
        return {
            **self._events,
            **{f"answers.{code}": label for code, label in self._answers.items() if code in days},
        }

    @cached_property
    def _abouts(self) -> dict[str, str]:
        fields = {one.value: one.label for one in FIXED_CHOICES["fields"]}
        return {**self.rule_labels, **fields}

    @property
    def rule_labels(self) -> dict[str, str]:
        """Id to label of all rules: own ones, and those above, also where they give way."""
        self._asked.add(EVERY)
        return self._every_label

    @cached_property
    def _every_label(self) -> dict[str, str]:
        above = (one for _, one in programmes_above(self.document, self.base))
        every = [rule for one in above for rule in _objects(one.get("rules"))]
        every += [rule for _, rule in own_rules(self.document)]
        return {str(rule.get("id")): self._named(rule) for rule in every}

    def _named(self, rule: JsonRecord) -> str:
        """Name a rule with the people it is for, where it says them."""
        grounds = rule.get("grounds")
        who = [
            self.labels.get(str(one), "") for one in (grounds if isinstance(grounds, list) else ())
        ]
        return "：".join([*filter(None, ["、".join(filter(None, who[:2]))]), rule_label(rule)])

    @cached_property
    def _identities(self) -> dict[str, str]:
        return {**_terms(IDENTITIES), **self._own_terms("identities")}

    @cached_property
    def _events(self) -> dict[str, str]:
        return {**_terms(EVENTS), **self._own_terms("events")}

    @cached_property
    def _answers(self) -> dict[str, str]:
        return {**_terms(EVERY_ANSWER), **self._own_terms("answers")}

    def _own_terms(self, key: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for vocabulary in (self.base.get(VOCABULARY, {}), self.document.vocabulary):
            for one in _objects(vocabulary.get(key)):
                found[str(one.get("code"))] = str(one.get("label"))
        return found

    @cached_property
    def _windows(self) -> dict[str, str]:
        own = [rule for _, rule in own_rules(self.document)]
        rules = [*own, *(one.rule for one in self.inherited)]
        return {
            str(rule.get("id")): rule_label(rule)
            for rule in rules
            if rule.get("question") == "window"
        }

    @cached_property
    def _items(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for rule in (*(rule for _, rule in own_rules(self.document)), *self._above()):
            answer = rule.get("answer")
            items = answer.get("items") if isinstance(answer, dict) else None
            if rule.get("question") == "standard":
                for one in _objects(items):
                    found.setdefault(str(one.get("code")), str(one.get("label")))
        return found

    def _above(self) -> tuple[JsonRecord, ...]:
        return tuple(one.rule for one in self.inherited)


def rule_label(rule: JsonRecord) -> str:
    """Name a rule in a list: a period by its label, others by their sentence."""
    answer = rule.get("answer")
    if rule.get("question") == "window" and isinstance(answer, dict):
        return str(answer.get("label"))
    label = said_without_case(str(rule.get("applies") or rule.get("id")))
    return label if len(label) <= _LONGEST_RULE_LABEL else f"{label[:_LONGEST_RULE_LABEL]}…"


def _terms(terms: Iterable[Any]) -> dict[str, str]:
    return {term.code: term.label for term in terms if term.code != ORDINARY}


def _listed(codes: Mapping[str, str]) -> tuple[FieldChoice, ...]:
    """List names; those that read alike are told apart by a number."""
    times = Counter[str]()
    found = []
    for code, label in codes.items():
        times[label] += 1
        again = times[label] > 1
        found.append(FieldChoice(code, f"{label}（第 {times[label]} 个）" if again else label))
    return tuple(found)


def _objects(value: object) -> list[JsonRecord]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
