"""What the rules that ship cover, as the rules view lists it."""

from datetime import date

import pytest

from medcounter.desk.rules.rules_overview import ProgrammeView, rules_overview
from tests.support.rules.rule_samples import shipped_book

OVERVIEW = rules_overview(shipped_book())


def view(region: str, year: int) -> ProgrammeView:
    return next(one for one in OVERVIEW if (one.region, one.benefit_year) == (region, year))


def test_every_place_and_year_with_rules_is_listed_once() -> None:
    listed = [(one.region, one.scheme, one.benefit_year) for one in OVERVIEW]
    assert len(listed) == len(set(listed))
    assert {("360000", "resident", 2025), ("361000", "resident", 2026)} <= set(listed)


# Source 000: window 2024-09-15 to 2025-02-28, personal 400; the 2026 notice: 2025-10-15 to 02-28.
@pytest.mark.parametrize(
    ("year", "window"),
    [(2025, "2024-09-15 至 2025-02-28"), (2026, "2025-10-15 至 2026-02-28")],
)
def test_jiangxi_shows_its_window_and_its_fee(year: int, window: str) -> None:
    assert window in view("360000", year).windows
    assert view("360000", year).fee == "¥400.00"


def test_a_place_that_states_nothing_itself_shows_where_its_rules_come_from() -> None:
    places = {line.place for line in view("361000", 2026).rules}
    assert {"全国", "江西省"} <= places


def test_rules_stand_in_the_order_the_questions_are_asked() -> None:
    asked = [line.question for line in view("360000", 2025).rules]
    assert asked.index("缴费时段") < asked.index("资助") < asked.index("固定等待期")
    assert asked == sorted(asked, key=asked.index)


def test_what_a_place_states_itself_stands_before_what_it_inherits() -> None:
    windows = [line.place for line in view("360000", 2025).rules if line.question == "缴费时段"]
    assert windows == sorted(windows, key=["江西省", "全国"].index)
    assert len(set(windows)) == 2


def test_only_what_is_not_confirmed_has_a_doubt_and_is_counted() -> None:
    rules = view("360000", 2026).rules
    doubted = [line for line in rules if line.doubt]
    assert {line.status for line in doubted} == {"assumed", "unsettled"}
    assert all(line.status == "confirmed" for line in rules if not line.doubt)
    assert view("360000", 2026).open_points == len(doubted)


def test_no_sentence_shows_a_placeholder() -> None:
    texts = [line.text for one in OVERVIEW for line in one.rules]
    assert [text for text in texts if "{" in text or "（…）" in text] == []


def test_aid_names_the_groups_it_is_for() -> None:
    grounds = [line.grounds for line in view("360000", 2025).rules if line.question == "资助"]
    assert any("特困供养人员" in text for text in grounds)
    assert any("新生儿" in text for text in grounds)


def test_sources_come_best_grade_first_with_the_day_they_were_checked() -> None:
    sources = view("361000", 2025).sources
    assert [one.grade for one in sources] == sorted(one.grade for one in sources)
    assert all(one.checked >= date(2026, 1, 1) for one in sources)


# Source 001 (a page of grade C) contradicts the authority's text for Fuzhou; the claim is kept.
def test_a_claim_that_is_not_used_is_kept_beside_what_is_used() -> None:
    conflicts = view("361000", 2025).conflicts
    assert len(conflicts) > len(view("360000", 2025).conflicts)
    assert all(one.says and one.used for one in conflicts)
    assert all(not one.about.isascii() for one in conflicts)


def test_a_source_shows_its_publishers_page_where_that_is_known_and_no_other() -> None:
    addresses = {line.id: line.address for one in OVERVIEW for line in one.sources}
    assert addresses["xuchang-2026"].startswith("https://xuchang.gov.cn/")
    # Seen only on other people's pages.
    assert addresses["zhangye-2026"] == ""
