"""Amounts far from last year's or from those around are told with both figures."""

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.live.far_figures import (
    FarFigure,
    NeighbourFigure,
    far_from_last_year,
    far_from_neighbours,
    main_payer,
    neighbour_figures,
    said_together,
)
from medcounter.authoring.live.row_outcome import RowOutcome, row_outcome
from medcounter.authoring.live.sample_table import BesideRules, SampleRow
from medcounter.rules.load import read_bundle
from tests.support.authoring.draft_samples import (
    LATE,
    MAIN,
    SUBSIDY,
    YEAR,
    base,
    draft,
    whole_table,
)
from tests.support.rules.rule_samples import PROVINCE, Json, programme, rule, standard, window

LAST_YEAR = programme(
    [
        window("main", "2024-09-01", "2024-12-31"),
        window("late", "2025-01-01", "2025-12-31"),
        standard("400.00"),
        SUBSIDY,
    ],
    id="old",
    benefit_years={"from": 2025, "to": 2025},
)
AROUND = (
    NeighbourFigure("990200", "乙市", 38000),
    NeighbourFigure("990300", "丙市", 40000),
    NeighbourFigure("990400", "丁市", 43000),
    NeighbourFigure("110000", "北京", 90000),
)


def rows(amount: str, subsidy: Json = SUBSIDY) -> tuple[SampleRow, ...]:
    last = RuleBook.open(read_bundle(base(LAST_YEAR)), "", signed=False)
    rules = draft(MAIN, LATE, standard(amount), subsidy)
    return whole_table(rules, BesideRules(last_year=last)).rows


def payer(amount: str | None) -> RowOutcome:
    book = draft(MAIN, LATE, standard(amount), SUBSIDY).book
    assert book is not None
    facts = main_payer(book, PROVINCE, "resident", YEAR)
    assert facts is not None
    return row_outcome(facts, book)


def test_a_figure_ten_times_last_year_s_is_told_with_both() -> None:
    far = list(far_from_last_year(rows("4000.00")))
    assert {one.field for one in far} == {"fee.total"}
    assert far[0].text == "应缴 ¥4,000.00，上一年度是 ¥400.00"
    assert far[0].who[1] == "集中征缴期"
    assert "standard" in far[0].rules


def test_a_usual_rise_is_not_told() -> None:
    assert list(far_from_last_year(rows("430.00"))) == []


POOR = ("orphan", "severely-disabled", "unstable-out-of-poverty")


def concession(*codes: str, pays: str) -> Json:
    return rule("aid", "concession", {"pays": pays}, grounds=list(codes), clause="二")


def with_aid(now: tuple[Json, ...], before: tuple[Json, ...]) -> tuple[SampleRow, ...]:
    """The rows of a draft and of last year's rules, each with its aid."""
    last = RuleBook.open(
        read_bundle(base({**LAST_YEAR, "rules": [*LAST_YEAR["rules"], *before]})), "", signed=False
    )
    rules = draft(MAIN, LATE, standard("430.00"), SUBSIDY, *now)
    return whole_table(rules, BesideRules(last_year=last)).rows


def test_each_identity_whose_aid_is_gone_is_told_by_itself_also_where_nothing_was_paid() -> None:
    spared = concession(*POOR, pays="0.00")
    # The aid of other people keeps all identities apart in the draft.
    now = concession(*POOR, pays="430.00")
    far = list(far_from_last_year(with_aid((now,), (spared,))))
    for who in ("孤儿", "重度残疾人", "脱贫不稳定人口"):
        main = [one for one in far if one.who == (who, "集中征缴期")]
        assert [one.text for one in main] == ["应缴 ¥430.00，上一年度是 ¥0.00"]
    assert len({(one.who, one.text) for one in far}) == len(far)
    for said in said_together(far):
        assert said.startswith("孤儿、")
        assert all(said.count(who) == 1 for who in ("孤儿", "重度残疾人", "脱贫不稳定人口"))
        assert "集中征缴期、集中征缴期外缴费：应缴 ¥430.00，上一年度是 ¥0.00" in said


def test_people_of_one_identity_are_named_apart_only_where_not_all_of_them_jump() -> None:
    def jump(who: str) -> FarFigure:
        return FarFigure((), "fee.total", "应缴 ¥2.00，上一年度是 ¥1.00", (who, "集中征缴期"))

    both = said_together([jump("普通居民"), jump("普通居民（不满周岁）"), jump("孤儿（退役）")])
    assert both[0].startswith("普通居民、孤儿（退役），集中征缴期缴费：")
    many = said_together([jump(f"第 {n} 种本地才有的人员类别") for n in range(60)])
    assert len(many[0]) <= 600
    assert "等 60 种人" in many[0]


def test_who_pays_nothing_any_more_is_told_too() -> None:
    spared = concession("orphan", pays="0.00")
    far = list(far_from_last_year(with_aid((spared,), ())))
    assert {(one.who, one.text) for one in far} == {
        (("孤儿", period), "应缴 ¥0.00，上一年度是 ¥400.00")
        for period in ("集中征缴期", "集中征缴期外")
    }


def test_an_answer_is_of_one_jump_and_another_figure_asks_again() -> None:
    high, low = (said_together(far_from_last_year(rows(fee)))[0] for fee in ("4000.00", "4.00"))
    assert high != low


def test_a_subsidy_far_from_last_year_s_is_told_too() -> None:
    far = far_from_last_year(rows("400.00", rule("subsidy", "subsidy", {"amount": "67.00"})))
    assert {one.field for one in far} == {"fee.subsidy"}


def test_an_amount_far_from_the_places_around_is_told_with_the_middle_one() -> None:
    far = far_from_neighbours(payer("4000.00"), PROVINCE, AROUND)
    assert far is not None
    assert "¥4,000.00；丙市同年度是 ¥400.00（3 个地区里居中的）" in far.text


def test_an_amount_like_those_around_is_not_told() -> None:
    assert far_from_neighbours(payer("420.00"), PROVINCE, AROUND) is None


def test_where_the_province_has_few_places_all_are_compared() -> None:
    few = AROUND[2:]
    far = far_from_neighbours(payer("4000.00"), PROVINCE, few)
    assert far is not None
    assert "北京" in far.text


def test_nothing_around_or_no_amount_compares_nothing() -> None:
    assert far_from_neighbours(payer("4000.00"), PROVINCE, ()) is None
    assert far_from_neighbours(payer(None), PROVINCE, AROUND) is None


def test_the_places_around_say_what_a_plain_resident_pays_in_the_main_period() -> None:
    city = programme(
        [{**standard("390.00"), "id": "city-fee", "replaces": "standard"}],
        id="city",
        region="990100",
    )
    elsewhere = programme(
        [{**LATE, "id": "all-year"}, standard("410.00"), SUBSIDY], id="late-only", region="880000"
    )
    names = [("000000", "全国"), ("990000", "甲省"), ("990100", "乙市"), ("880000", "丙省")]
    payload = base(
        programme([MAIN, LATE, standard("400.00"), SUBSIDY]),
        city,
        elsewhere,
        regions=[{"code": code, "name": name} for code, name in names],
    )
    book = RuleBook.open(read_bundle(payload), "", signed=False)
    found = list(neighbour_figures(book, PROVINCE, "resident", YEAR))
    assert found == [None, NeighbourFigure("990100", "乙市", 39000)]


def test_a_place_without_rules_has_no_payer() -> None:
    book = draft(MAIN, standard("400.00"), SUBSIDY).book
    assert book is not None
    assert main_payer(book, "880000", "resident", YEAR) is None
