"""A rule's conditions in words, as the sheet says them."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError

from medcounter.authoring.document.document_path import Json, NoSuchPlaceError, value_at
from medcounter.authoring.form.cards_from_above import INHERITED
from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import RuleCard
from medcounter.authoring.form.inheritance import years_of
from medcounter.json_path import JsonPath
from medcounter.rules.conditions import Condition
from medcounter.wording.condition_words import condition_words

_CONDITIONS: TypeAdapter[Any] = TypeAdapter(Condition)


class SignWords:
    """The words of one card's record."""

    def __init__(self, names: FormNames, card: RuleCard) -> None:
        """Take the names of the draft, and the card."""
        self._names = names
        self._card = card

    @property
    def written(self) -> str:
        """The record as it is written, in one line."""
        return json.dumps(self._at(self._card.path), ensure_ascii=False)

    def condition(self, path: JsonPath) -> str:
        """Say the condition at a path; empty where there is none that can be read."""
        try:
            when = _CONDITIONS.validate_python(self._at(path))
            return condition_words(when, years_of(self._names.document)[0], self._names.labels)
        except (NoSuchPlaceError, ValidationError, TypeError, ValueError, KeyError):
            return ""

    def _at(self, path: JsonPath) -> Json:
        if path[:1] == (INHERITED,):
            return value_at(self._names.base, path[1:])
        return value_at(self._document, path)

    @cached_property
    def _document(self) -> Json:
        """The draft's document with its codes."""
        own = self._names.document
        return {**own.content, "vocabulary": dict(own.vocabulary)}
