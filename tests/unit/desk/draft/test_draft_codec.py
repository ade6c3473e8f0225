"""A draft comes back exactly as it was typed, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.desk.draft.draft import FIELDS, Draft
from medcounter.desk.draft.draft_codec import dump_draft, load_draft

texts = st.text(st.characters(exclude_categories=["Cs"]))
pairs = st.tuples(texts, texts)
drafts = st.builds(
    Draft,
    region=texts,
    name=texts,
    id_number=texts,
    payment_date=texts,
    benefit_year=st.integers(0, 9999),
    categories=st.lists(texts).map(tuple),
    events=st.lists(pairs).map(tuple),
    insured_years=st.none() | st.lists(st.integers(1900, 2100)).map(tuple),
    answers=st.lists(pairs).map(tuple),
)


@given(drafts)
def test_a_kept_draft_comes_back_as_it_was(draft: Draft) -> None:
    assert load_draft(dump_draft(draft)) == draft


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        dump_draft(Draft(name="kept")).replace(b'"kept"', b"3"),
        dump_draft(Draft(benefit_year=7)).replace(b":7,", b':"7",'),
        dump_draft(Draft(categories=("kept",))).replace(b'["kept"]', b"[1]"),
        dump_draft(Draft(events=(("a", "kept"),))).replace(b'["a","kept"]', b'["a"]'),
        dump_draft(Draft(insured_years=(7,))).replace(b"[7]", b'"7"'),
    ],
)
def test_what_is_no_draft_of_this_version_is_none(body: bytes) -> None:
    assert load_draft(body) is None


def test_half_a_character_costs_only_itself() -> None:
    kept = load_draft(dump_draft(Draft(name="张\ud800三", events=(("a", "\udfff1"),))))
    assert kept == Draft(name="张?三", events=(("a", "?1"),))


def test_every_form_field_is_a_field_of_the_draft() -> None:
    fields = {field.name for field in FIELDS}
    assert fields | {"option", "carried", "replaces"} == set(Draft.__dataclass_fields__)


def test_a_changed_field_leaves_the_others() -> None:
    draft = Draft(name="张三").with_("payment_date", "今天")
    assert (draft.name, draft.payment_date) == ("张三", "今天")


def test_an_answer_is_set_replaced_and_taken_away() -> None:
    draft = Draft().with_answer("plan", "4.5").with_answer("plan", "6.5")
    assert draft.answer("plan") == "6.5"
    assert draft.with_answer("plan", "").answers == ()
    assert draft.answer("tier") == ""
