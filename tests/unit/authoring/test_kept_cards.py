"""A form that takes cards from the form before shows what one built anew shows."""

from collections.abc import Iterator

import pytest

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.changes import typed
from medcounter.authoring.form.form_records import FieldKind, FormField, PlaceForm
from medcounter.authoring.form.kept_cards import KeptCards
from medcounter.authoring.form.place_form import form_of
from medcounter.errors import MedCounterError
from tests.support.authoring.form_author import base_of
from tests.support.rules.rule_samples import SHIPPED

FULL = ("guangxi-2025", "beijing-2026", "jiangxi-2026", "chengdu-2026")
PLACES = ("wuxi-2026", *(pytest.param(name, marks=pytest.mark.full) for name in FULL))
# By kind, what is typed over what stands there.
TYPED = {
    FieldKind.AMOUNT: "431",
    FieldKind.NUMBER: "7",
    FieldKind.DATE: "2025-03-04",
    FieldKind.YEAR_DAY: "上年10月8日",
    FieldKind.SPAN: "28天",
    FieldKind.TEXT: "另一个名称",
    FieldKind.SENTENCE: "另一句话。",
    FieldKind.CODE: "another-code",
}


def opened(name: str) -> PlaceDocument:
    return PlaceDocument.opened((SHIPPED / f"{name}.json").read_bytes())


def own_fields(form: PlaceForm) -> Iterator[FormField]:
    """One field of each label and kind: the others are like it."""
    return iter({(field.label, field.kind): field for field in form.fields}.values())


@pytest.mark.parametrize("name", PLACES)
def test_whatever_is_typed_the_form_is_the_one_built_anew(name: str) -> None:
    document = opened(name)
    base = base_of(document.own["region"])
    kept, tried = KeptCards(), 0
    for field in own_fields(form_of(document, base)):
        text = TYPED.get(field.kind) or next((one.label for one in field.choices), "")
        try:
            changed = typed(document, field.path, text, base)
        except MedCounterError:
            continue
        tried += 1
        form_of(document, base, kept=kept)
        assert form_of(changed, base, kept=kept) == form_of(changed, base), (field.label, text)
    assert tried > 25


def test_an_amount_leaves_the_cards_of_all_other_rules_as_they_were() -> None:
    document, kept = opened("wuxi-2026"), KeptCards()
    base = base_of("320200")
    before = form_of(document, base, kept=kept)
    amount = next(one for one in before.fields if one.kind is FieldKind.AMOUNT)
    after = form_of(typed(document, amount.path, "431", base), base, kept=kept)
    other = [one for one, was in zip(after.cards, before.cards, strict=True) if one is not was]
    # The card of the programme is built each time.
    assert len(other) == 2
    assert other[1].path == amount.path[: len(other[1].path)]


def test_the_sentence_of_a_rule_makes_only_the_cards_anew_that_name_the_rule() -> None:
    document, kept = opened("jiangxi-2026"), KeptCards()
    base = base_of("360000")
    before = form_of(document, base, kept=kept)
    standard = next(one for one in before.cards if one.question == "standard")
    sentence = (*standard.path, "applies")
    after = form_of(typed(document, sentence, "每人 431 元。", base), base, kept=kept)
    other = [one for one, was in zip(after.cards, before.cards, strict=True) if one is not was]
    assert standard.path in {one.path for one in other}
    # Of the other rules those of the same question alone, which may go before it; the nation's
    # conflicts and the examples name any rule.
    assert {one.question for one in other} <= {"", "standard"}
    assert len(other) < len(after.cards) / 4
