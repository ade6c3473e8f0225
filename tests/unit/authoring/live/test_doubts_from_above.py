"""What the nation only assumes is asked of whoever writes a place, before a notice says it."""

from functools import cache

from medcounter.authoring.live.draft_warnings import DraftWarning, WarningSources, draft_warnings
from medcounter.strict_json import canonical
from tests.support.authoring.draft_samples import figures, read_draft, whole_table
from tests.support.authoring.form_author import Author, guangxi

SPARED = "fixed-wait-special-groups@spared"


def asked(author: Author) -> dict[str, DraftWarning]:
    payload = canonical(author.base)
    rules = read_draft(author.document, payload)
    beside = WarningSources(figures(rules, payload), rows=whole_table(rules).rows)
    found = (one for one in draft_warnings(rules, beside) if one is not None)
    return {one.where: one for one in found if one.kind == "answered-from-above"}


@cache
def before() -> dict[str, DraftWarning]:
    return asked(spared())


def spared() -> Author:
    author = guangxi()
    author.make("exempt-identities", "特困供养人员、城乡低保对象", "缴费次日", "五")
    return author


def test_what_the_nation_assumes_of_the_days_of_cover_is_asked_once() -> None:
    for rule in ("cover-start-before-year", "cover-end"):
        assert before()[rule].path[:2] == ("base", "programmes")
        assert "公告写了的，改成本地的规定；公告没有写的，请答复。" in before()[rule].text
        assert before()[rule].may_stay_above
    assert "当地没有写明待遇到哪天为止" in before()["cover-end"].text


def test_an_answer_and_a_rule_of_the_place_s_own_both_end_the_question() -> None:
    author = spared()
    author.make("cover-end", "当年12月31日", "六")
    answer = {"warning": "answered-from-above", "where": "cover-start-before-year", "reason": "无"}
    path = (*author.document.base, "accepted")
    author.document = author.document.replaced(path, [answer])
    after = asked(author)
    assert "cover-end" not in after
    assert not after["cover-start-before-year"].is_open


def test_whom_the_place_spares_a_wait_is_not_left_in_the_nation_s_doubt_unasked() -> None:
    """Their notice said 按有等待期算 beside 无等待期; the nation's rule goes, not the place's."""
    told = before()[SPARED]
    assert "特困供养人员" in told.text
    assert "“在这里不成立”" in told.text
    assert not told.may_stay_above
    author = spared()
    author.make("drop-inherited", "五", "公告列全了。", at="fixed-wait-special-groups")
    assert SPARED not in asked(author)
