"""Any text in any field of the form has an outcome; nothing raises."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.desk.draft.draft import FIELDS, Draft
from medcounter.desk.evaluate.evaluation import evaluate
from tests.support.desk.desk_samples import shipped_book

ON = date(2025, 3, 5)
NAMES = {field.name for field in FIELDS}
texts = st.text(max_size=20) | st.text("0123456789-年月日今天xX×!~ ", max_size=20)
codes = st.sampled_from(["low-income", "student", "orphan"]) | texts
kinds = st.sampled_from(["graduated", "military-discharge"]) | texts
drafts = st.builds(
    Draft,
    region=st.sampled_from(["360000", "361002"]) | texts,
    scheme=st.sampled_from(["resident", "flexible"]) | texts,
    benefit_year=st.sampled_from([2025, 2026]) | st.integers(-1, 10**18),
    name=texts,
    id_number=texts | st.just("11010519491231002X"),
    birth_date=texts,
    payment_date=texts,
    categories=st.lists(codes, max_size=3).map(tuple),
    events=st.lists(st.tuples(kinds, texts), max_size=3).map(tuple),
    insured_years=st.none() | st.lists(st.integers(-1, 3000), max_size=4).map(tuple),
    repair_years=texts,
    answers=st.lists(st.tuples(st.just("newborn_confirmed") | texts, texts), max_size=2).map(tuple),
    agent=texts,
    agent_relation=texts,
    option=texts,
)


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(drafts)
def test_any_text_in_any_field_has_an_outcome(draft: Draft) -> None:
    result = evaluate(draft, shipped_book(), ON)
    assert {problem.field.partition(".")[0] for problem in result.problems} <= NAMES
    assert all(problem.text for problem in result.problems)
    assert result.can_issue == (result.blocked_by == "")
    assert result.can_issue <= (result.assessment is not None)
    assert (result.chosen is None) == (not result.options)
