"""The page of reasons and the figures say labels, wherever the rules are from."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from medcounter.desk.draft.draft_from_facts import draft_from_facts
from medcounter.desk.evaluate.evaluation import evaluate
from medcounter.wording.doubt_words import code_names
from tests.support.rules.reason_samples import BOOK, PROGRAMMES, coded, codes, people
from ui.look.theme import LIGHT
from ui.views.counter.result_text import (
    amount_caption,
    amount_figure,
    cover_figure,
    note_lines,
    spoken,
    wait_figure,
)
from ui.views.counter.why_html import around_html, steps_html

TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(("region", "scheme", "year"), PROGRAMMES[::2])
def test_no_panel_shows_a_code(region: str, scheme: str, year: int) -> None:
    known, names, wrong = codes(BOOK), code_names(BOOK), set()
    for facts in list(people(region, scheme, year))[::3]:
        draft = draft_from_facts(facts, "吴建国", "", facts.payment_date)
        shown = evaluate(draft, BOOK, facts.payment_date)
        html = steps_html(shown, LIGHT) + around_html(shown, LIGHT, names)
        figures = (amount_figure, wait_figure, cover_figure)
        told = [
            *TAG.sub("\n", html).splitlines(),
            spoken(shown),
            amount_caption(shown.shown),
            *(text for figure in figures for text in figure(shown.shown)[:2]),
            *(line.text for line in note_lines(shown)),
        ]
        bundle = BOOK.bundle.id
        wrong |= {text for text in told if bundle not in text and coded(text, known)}
    assert wrong == set()


def test_a_closed_day_is_said_in_a_sentence_without_empty_figures() -> None:
    closed = []
    for region, scheme, year in PROGRAMMES:
        for facts in people(region, scheme, year):
            draft = draft_from_facts(facts, "吴建国", "", facts.payment_date)
            shown = evaluate(draft, BOOK, facts.payment_date)
            if shown.shown is not None and not shown.shown.payable:
                closed.append(spoken(shown))
                break
    assert closed
    assert [text for text in closed if "—" in text or not text.startswith("不能缴费：")] == []


def test_a_rule_s_text_cannot_become_markup_of_the_page_of_reasons() -> None:
    facts = next(iter(people(*PROGRAMMES[0])))
    draft = draft_from_facts(facts, "吴建国", "", facts.payment_date)
    shown = evaluate(draft, BOOK, facts.payment_date)
    assert shown.shown is not None
    nasty = [step._replace(text='<img src="x">&') for step in shown.shown.steps]
    bent = replace(shown.shown, steps=tuple(nasty))
    html = steps_html(replace(shown, chosen=None, assessment=bent), LIGHT)
    assert "<img" not in html
    assert "&lt;img src=&#34;x&#34;&gt;&amp;" in html
