"""Describe what is wrong with a draft in the words of its form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from medcounter.authoring.document.document_path import NoSuchPlaceError, objects_in
from medcounter.authoring.form.fixed_choices import FIXED_CHOICES
from medcounter.authoring.form.form_names import FormNames, rule_label
from medcounter.authoring.form.form_records import RuleCard
from medcounter.authoring.form.inheritance import own_rules
from medcounter.authoring.form.place_form import card_at
from medcounter.authoring.form.record_titles import record_title
from medcounter.authoring.form.rule_cards import rule_title
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.json_path import JsonPath
from medcounter.rules.questions import QUESTIONS
from medcounter.rules.vocabulary import NEWBORN
from medcounter.wording.difference_words import field_word, key_word

# A code, a key or a path of the file; a grade is one letter and stays.
_TOKEN = re.compile(r" ?([A-Za-z][A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+|\[\d+\])*)(?: (?=\D))?")
_STEP = re.compile(r"[A-Za-z_-]+")
_WORDS = {
    "true": "是", "false": "否", "null": "没有", NEWBORN: "新生儿", "accepted": "对提醒的答复",
    "warning": "哪种提醒", "where": "说的是哪里", "grounds": "对谁",
}  # fmt: skip


class StudioWords:
    """The words of one draft; each list is gathered once, when it is first needed."""

    def __init__(self, draft: DraftRules) -> None:
        """Take the draft."""
        self._draft = draft
        self._names = FormNames(draft.document, {})

    def text(self, text: str) -> str:
        """Replace each code, key and path by its label, if it has one."""
        return _TOKEN.sub(self._worded, text)

    def fault(self, path: JsonPath, text: str) -> str:
        """Describe a fault by the card and the field it is about."""
        card = self._card(path)
        if card is None:
            return self.text(text)
        inner = (one for one in card.fields if path in {one.path, *one.follows})
        field = next(inner, None)
        place = f"“{card.title}”" if field is None else f"“{card.title}”的“{field.label}”"
        return f"{place}：{self.text(text)}"

    def _card(self, path: JsonPath) -> RuleCard | None:
        try:
            return card_at(self._draft.document, path)
        except (NoSuchPlaceError, LookupError):
            return None

    def _worded(self, match: re.Match[str]) -> str:
        word = self._word(match[1])
        return match[0] if word == match[1] else word

    def _word(self, token: str) -> str:
        for words in (self._rules, self._examples, _WORDS, self._codes):
            if token in words:
                return words[token]
        for say in (field_word, key_word):
            if say(token) != token:
                return say(token)
        steps = _STEP.findall(token)
        last = steps[-1] if steps else token
        return token if last == token else self._word(last) if self._word(last) != last else token

    @cached_property
    def _rules(self) -> dict[str, str]:
        book = self._draft.book
        above = (rule for one in (book.bundle.programmes if book else ()) for rule in one.rules)
        found = {
            rule.id: rule_label({"id": rule.id, "applies": rule.applies, "question": rule.question})
            for rule in above
            if rule.question != "window"
        }
        return {**found, **dict(self._own_rules())}

    def _own_rules(self) -> Iterator[tuple[str, str]]:
        for _, rule in own_rules(self._draft.document):
            yield str(rule.get("id")), rule_title(self._names, rule)

    @cached_property
    def _examples(self) -> dict[str, str]:
        found = objects_in(self._draft.document.content.get("examples"))
        return {
            str(one.get("id")): record_title(self._names, "examples", one, "算例")
            for _, one in found
        }

    @cached_property
    def _codes(self) -> dict[str, str]:
        fixed = {
            one.value: one.label
            for choices in FIXED_CHOICES.values()
            for one in choices
            if len(one.value) > 1
        }
        asked = {one.code: one.label for one in QUESTIONS}
        return {**fixed, **self._names.labels, **asked}
