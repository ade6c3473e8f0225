"""What an announcement leaves out stands as it usually is, with its doubt, until it is found."""

from tests.support.authoring.form_author import WHOLE, Author, guangxi


def test_a_day_that_the_notice_leaves_out_is_the_usual_one_with_its_doubt() -> None:
    author = Author("320200", "江苏省无锡市", 2026)
    author.make("source", "无锡市2026年度居民医保缴费通知", "无锡市医疗保障局", "？")
    author.make("main-period", "来源没有写", "1231", "一")
    main = author.document.own["rules"][0]
    assert main["when"] == {"test": "paid", "from": "B-1:09-01", "to": "2025-12-31"}
    assert (main["status"], main["concerns"]) == ("assumed", ["window.from"])
    assert main["doubt"] == "来源没有写这个时段从哪天开始，按 9 月 1 日算。"
    author.make("late-period", "来源没有写")
    assert author.document.own["rules"][1]["when"]["to"] == "B:12-31"
    author.change("main", "从", "2025-10-01")
    stated = author.document.own["rules"][0]
    assert (stated["status"], stated.get("doubt"), stated.get("concerns")) == (
        "confirmed",
        None,
        None,
    )


def test_what_the_notice_leaves_to_the_nation_is_read_as_the_nation_reads_it() -> None:
    author = guangxi()
    before = next(one for one in author.document.own["rules"] if one["id"] == "wait-start-local")
    assert before["status"] == "confirmed"
    author.change("wait-start-local", "哪一天", "来源没有写")
    told = next(one for one in author.document.own["rules"] if one["id"] == "wait-start-local")
    nation = next(one for one in WHOLE["programmes"] if one["id"] == "national-resident")
    above = next(one for one in nation["rules"] if one["id"] == "wait-start")
    for key in ("answer", "status", "doubt", "readings"):
        assert told[key] == above[key]
    author.change("wait-start-local", "哪一天", "缴费次日")
    again = next(one for one in author.document.own["rules"] if one["id"] == "wait-start-local")
    assert again["answer"] == {"anchor": "day-after-payment"}
    assert (again["status"], "doubt" in again, "readings" in again) == ("confirmed", False, False)


def test_whose_age_counts_on_an_unstated_day_is_read_by_the_new_year() -> None:
    author = guangxi()
    author.make("standard-from-age", "来源没有写", "60", "350")
    elderly = next(one for one in author.document.own["rules"] if one["id"] == "standard-elderly")
    assert elderly["when"] == {"test": "age", "on": "B:01-01", "from": 60}
    assert elderly["status"] == "assumed"
