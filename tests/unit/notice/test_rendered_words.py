"""What a clerk or a resident reads holds labels: no code of the vocabulary.

Every region, year and scheme, on the days its rules turn, for residents whom
the rules treat differently; each text that screen or paper is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from medcounter.assess import Option, options
from medcounter.assess.assessment import Assessment
from medcounter.notice.content.composing import compose
from medcounter.notice.content.notice import Issue, Office, Party
from medcounter.wording.doubt_words import DoubtLine, code_names, doubt_lines
from tests.support.desk.counter_samples import OPENED_AT
from tests.support.paper.on_paper import notice_markup
from tests.support.rules.reason_samples import BOOK, PROGRAMMES, coded, codes, people

TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def texts(shown: Assessment, lines: tuple[DoubtLine, ...]) -> Iterator[str]:
    """Every sentence that the screens and the paper take from an answer."""
    for step in shown.steps:
        yield from (step.label, step.text, *(loser.text for loser in step.rejected))
    yield from (remark.text for remark in shown.remarks)
    yield from (hint.text for hint in shown.hints)
    yield from (line.label for line in shown.fee.lines) if shown.fee else ()
    for line in lines:
        yield from (line.text, *line.readings)


@pytest.mark.parametrize(("region", "scheme", "year"), PROGRAMMES)
def test_no_text_holds_a_code_or_a_bare_value(region: str, scheme: str, year: int) -> None:
    names, known, met, wrong = code_names(BOOK), codes(BOOK), 0, set()
    for facts in people(region, scheme, year):
        for option in options(facts, BOOK):
            if not isinstance(option, Option):
                continue
            met += 1
            shown = option.assessment
            for text in (option.label, *texts(shown, doubt_lines(shown, names))):
                if coded(text, known):
                    wrong.add(text)
    assert met > 0
    assert wrong == set()


@pytest.mark.parametrize(("region", "scheme", "year"), PROGRAMMES[::3])
def test_no_paper_holds_a_code(region: str, scheme: str, year: int) -> None:
    known, wrong = codes(BOOK), set()
    for facts in people(region, scheme, year):
        offered = tuple(one for one in options(facts, BOOK) if isinstance(one, Option))
        if not offered or not offered[0].assessment.payable:
            continue
        office = Office("甲大厅", "01", "王丽")
        notice = compose(offered[0], offered, Party("吴建国"), office, Issue(OPENED_AT))
        lines = TAG.sub("\n", notice_markup(notice, 1)).splitlines()
        # The foot names the bundle by its id, as the self-check does.
        wrong |= {one for one in lines if notice.stamp.bundle not in one and coded(one, known)}
    assert wrong == set()


def test_a_doubt_is_told_once_with_each_of_its_fields() -> None:
    lines = [
        line
        for facts in people("360000", "resident", 2026)
        for option in options(facts, BOOK)
        if isinstance(option, Option)
        for line in [doubt_lines(option.assessment, code_names(BOOK))]
        if line
    ]
    assert lines
    for one in lines:
        assert len({line.text for line in one}) == len(one)
        assert all(len(set(line.readings)) == len(line.readings) for line in one)
