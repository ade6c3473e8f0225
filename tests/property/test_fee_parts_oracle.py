"""Any fee in parts against a sum worked out item by item, without the engine's words for it."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medcounter.assess.assessment import Fee
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    rule,
    window,
)

ANSWERS = ("supplementary", "long_term_care", "large_amount")
FORMS = ("pays", "aid", "standard", "standard-aid")
amounts = st.integers(0, 200_000)


@dataclass(frozen=True)
class Part:
    """An item: its price, the answer it hangs on, and what an identity makes of it."""

    price: int
    hangs_on: str | None
    form: str | None
    figure: int
    more: int


parts = st.builds(
    Part,
    price=amounts,
    hangs_on=st.sampled_from([None, *ANSWERS]),
    form=st.sampled_from([None, *FORMS]),
    figure=amounts,
    more=amounts,
)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def written(number: int, part: Part) -> tuple[Json, Json | None]:
    """The item and the concession on it, as an author writes them."""
    code = f"item-{number}"
    item: Json = {"code": code, "label": code, "amount": yuan(part.price)}
    if part.hangs_on and number:
        item["when"] = {"test": "answer", "code": part.hangs_on, "is": True}
    if part.form is None:
        return item, None
    keys = part.form.split("-")
    figures = dict(zip(keys, (part.figure, part.more), strict=False))
    return item, {"items": [code], **{key: yuan(figure) for key, figure in figures.items()}}


def left_of(part: Part) -> int:
    """What the identity leaves to pay of one item, by hand."""
    if part.form == "pays":
        return min(part.price, part.figure)
    if part.form == "aid":
        return max(0, part.price - part.figure)
    if part.form == "standard":
        return part.figure
    return max(0, part.figure - part.more) if part.form else part.price


def fee_of(items: list[Part], chosen: frozenset[str]) -> Fee:
    pairs = [written(number, part) for number, part in enumerate(items)]
    forms = [form for _, form in pairs if form is not None]
    rules = [
        window("main", "B-1:10-01", "B-1:12-31"),
        rule("standard", "standard", {"items": [item for item, _ in pairs]}),
    ]
    if forms:
        rules.append(rule("aid", "concession", {"parts": forms}, grounds=["orphan"]))
    book = book_of(bundle_of(nation(), programme(rules), format=2))
    answers = tuple((code, code in chosen) for code in sorted(ANSWERS))
    fee = assessed(facts("2025-11-10", categories=("orphan",), answers=answers), book).fee
    assert fee is not None
    return fee


@pytest.mark.parametrize("chosen", [frozenset(), frozenset(ANSWERS), frozenset(ANSWERS[:1])])
@settings(max_examples=40)
@given(items=st.lists(parts, min_size=1, max_size=4))
def test_what_is_paid_is_the_sum_of_what_each_charged_item_leaves(
    items: list[Part], chosen: frozenset[str]
) -> None:
    charged = [
        part
        for number, part in enumerate(items)
        if not number or part.hangs_on is None or part.hangs_on in chosen
    ]
    plain, aided = sum(part.price for part in charged), sum(left_of(part) for part in charged)
    fee = fee_of(items, chosen)
    # A concession that would cost more than the plain fee is not used.
    assert fee.total == fee.contribution == min(plain, aided)
    assert fee.total == sum(line.amount or 0 for line in fee.lines)
