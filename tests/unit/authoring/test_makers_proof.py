"""Whatever an announcement adds to a place, its rules leave no gap and never contradict."""

from collections.abc import Callable

import pytest

from tests.support.authoring.form_author import Author, guangxi, wuxi

IN_THE_WINDOW = {
    "guangxi": {
        "facts": {"payment_date": "2024-09-01", "birth_date": "1990-05-01"},
        "expect": {"window.kind": "main"},
    },
    "wuxi": {
        "facts": {"payment_date": "2025-09-01", "birth_date": "1990-05-01"},
        "expect": {"window.kind": "main"},
    },
}


@pytest.mark.parametrize(
    ("made", "acts"),
    [
        (guangxi, [("late-wait", "2")]),
        (
            guangxi,
            [("closed-days", "2025-02-01", "2025-02-05"), ("wait-start-in-window", "1月1日")],
        ),
        (guangxi, [("standard-from-age", "？", "60", "350"), ("other-year", "下一年度")]),
        (wuxi, [("cover-late", "缴费当日"), ("cover-earlier", "大学生", "上年9月1日")]),
        (wuxi, [("exempt-identities", "特困供养人员", "缴费次日"), ("variable-wait", "1", "1")]),
        (
            wuxi,
            [
                ("aid-full", "特困供养人员、孤儿"),
                ("aid-amount", "城乡低保对象", "100"),
                ("aid-share", "重度残疾人", "50%"),
                ("aid-unknown", "边缘易致贫人口"),
            ],
        ),
        (
            wuxi,
            [
                ("after-wait", "是"),
                ("carry-over", "否"),
                ("lapse", "2025"),
                ("repair", "1", "八"),
                ("repair-price", "780"),
                ("cover-end", "当年12月31日"),
            ],
        ),
    ],
    ids=["late wait", "closed days", "old and more", "cover", "people", "aid", "single answers"],
)
def test_what_is_added_leaves_no_gap_and_contradicts_nothing(
    made: Callable[[], Author], acts: list[tuple[str, ...]]
) -> None:
    author = made()
    for maker, *texts in acts:
        author.make(maker, *texts)
    assert author.faults([IN_THE_WINDOW[made.__name__]]) == []


def test_what_a_place_says_of_some_goes_before_what_is_said_of_them_above() -> None:
    author = guangxi()
    author.make("late-wait", "2")
    late = next(one for one in author.document.own["rules"] if one["id"] == "fixed-wait-late")
    assert late["exception_to"] == ["fixed-wait-none", "fixed-wait", "fixed-wait-special-groups"]


def test_what_a_place_says_of_everybody_takes_the_place_of_what_is_said_above() -> None:
    author = guangxi()
    author.make("lapse", "2024")
    lapse = next(one for one in author.document.own["rules"] if one["question"] == "lapse")
    assert lapse["replaces"] == "lapse-from-2025"
