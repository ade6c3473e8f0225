"""Any typed text and any amount: the notice holds, stores, and sums."""

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from medcounter.assess.assessment import Fee, FeeLine
from medcounter.notice.content.notice import Party
from medcounter.notice.content.snapshot import dump, load
from medcounter.notice.sheet.templates import write
from medcounter.notice.sheet.typeset import typeset
from tests.support.paper.notice_samples import LATE_0305, notice
from tests.support.paper.on_paper import notice_markup

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
YUAN = st.integers(0, 10**9)


class Text(HTMLParser):
    """Collects tags and text of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Override HTMLParser.handle_starttag: keep the tag's name."""
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Override HTMLParser.handle_data: keep the text."""
        self.text += data


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_typed_text_is_stored_and_read_back(
    name: str, agent: str, relation: str, household: str
) -> None:
    made = notice(party=Party(name, "", agent, relation, household))
    assert load(dump(made)) == made


@given(TEXT)
def test_no_typed_name_changes_the_document_s_shape(name: str) -> None:
    plain, typed = Text(), Text()
    plain.feed(notice_markup(notice(party=Party("王丽" if len(name) <= 9 else "王" * 10)), 1))
    typed.feed(notice_markup(notice(party=Party(name)), 1))
    assert typed.tags == plain.tags


@given(TEXT)
def test_paper_keeps_every_visible_character(text: str) -> None:
    parser = Text()
    parser.feed(write("day", "heading", text))
    parser.close()
    assert len(parser.text) == len(text)


@given(TEXT)
def test_typesetting_is_done_once(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


@given(st.lists(st.tuples(YUAN, YUAN), min_size=1, max_size=6))
def test_the_rows_always_add_up_to_the_total(parts: list[tuple[int, int]]) -> None:
    lines = []
    for index, (amount, aid) in enumerate(parts):
        lines.append(FeeLine(f"item-{index}", f"第{index}项", amount))
        lines.append(FeeLine(f"aid-{index}", "资助", -min(aid, amount)))
    total = sum(line.amount or 0 for line in lines)
    given_fee = Fee(total, total, 0, total, 0, None, tuple(lines))
    made = notice(replace(LATE_0305, fee=given_fee))
    assert sum(row.due or 0 for row in made.rows) == made.total == total
    assert all((row.standard or 0) - (row.aid or 0) == row.due for row in made.rows)
