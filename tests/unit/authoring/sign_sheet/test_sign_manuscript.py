"""On paper no figure is parted from its ground and its doubt, and headings are repeated."""

import re

from medcounter.authoring.sign_sheet.sign_manuscript import SIGN_PAPER, sign_manuscript
from medcounter.authoring.sign_sheet.sign_sheet import SignSheet
from medcounter.notice.sheet.manuscript import ROW, ROW_HEAD, Manuscript, Piece
from tests.support.authoring.sign_samples import STATE, long_form, residents, sheet, signed_samples


def written(made: SignSheet) -> Manuscript:
    return sign_manuscript(made, SIGN_PAPER)


def with_text(made: Manuscript, text: str) -> list[Piece]:
    return [piece for piece in made.pieces if text in re.sub(r"<[^>]+>", "", piece.html)]


def test_every_value_and_every_resident_stands_on_the_sheet() -> None:
    made = sheet()
    text = re.sub(r"<[^>]+>", "", "".join(piece.html for piece in written(made).pieces))
    assert [line.value for line in made.lines if line.value not in text] == []
    people = [one for one in made.residents.rows for part in one.shown if part not in text]
    assert people == []


def test_a_value_its_ground_and_its_doubt_are_one_piece() -> None:
    [piece] = with_text(written(sheet()), "搬来当日")
    for text in ("搬迁安置人员免等待期", "〔1〕 三", "A 级", "没有写搬来后多少天以内"):
        assert text in piece.html


def test_a_rule_longer_than_a_page_says_its_ground_and_doubt_in_each_part() -> None:
    parts = with_text(written(sheet(long_form())), "四十档缴费标准")
    assert len(parts) == 3
    assert ["（续）" in piece.html for piece in parts] == [False, True, True]
    assert all("没有写各档从哪天起收" in piece.html for piece in parts)
    assert all("〔1〕 四" in piece.html for piece in parts)


def test_every_row_repeats_the_heading_of_its_own_section() -> None:
    made = written(sheet(long_form(), residents(9)))
    for place, piece in enumerate(made.pieces):
        if piece.kind == ROW:
            assert piece.heading is not None
            above = [n for n, one in enumerate(made.pieces[:place]) if one.kind == ROW_HEAD]
            assert piece.heading == above[-1]
        else:
            assert piece.heading is None


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    made = written(sheet())
    heads = [piece for piece in made.pieces if piece.kind in {ROW_HEAD, "heading"}]
    assert heads
    assert all(piece.with_next for piece in heads)


def test_the_hash_stands_short_on_every_page_and_whole_once() -> None:
    made = written(sheet())
    assert STATE.short in made.foot
    assert STATE.short in made.running_head
    whole = re.sub(r"\s|&nbsp;", "", re.sub(r"<[^>]+>", "", made.pieces[1].html))
    assert STATE.sha256 in whole


def test_there_is_room_to_sign_and_to_seal_on_one_piece() -> None:
    last = written(sheet()).pieces[-1]
    assert "审签人（签名）" in last.html
    assert "notice:stamp" in last.html
    assert STATE.short in last.html


def test_an_exercise_is_marked_across_and_at_the_foot() -> None:
    made = written(signed_samples()["sign-practice"])
    assert made.across == ("练习",)
    assert "练习" in made.foot
    assert written(sheet()).across == ()


def test_a_sheet_without_residents_has_no_table_of_them() -> None:
    assert with_text(written(sheet(people=residents(0))), "参保人样本") == []


def test_residents_that_are_not_all_there_are_said_to_be_some() -> None:
    made = signed_samples()["sign-pages"]
    assert with_text(written(made), "没有列全")


def test_what_an_author_typed_is_text_on_paper() -> None:
    form = long_form()
    named = sheet(form, state=STATE)
    assert "<b>" not in named.place
    typed = SignSheet(
        named.state,
        "<b>云溪</b>",
        named.code,
        named.scheme,
        named.years,
        named.sources,
        named.sections,
        named.residents,
    )
    assert "&lt;b&gt;云溪" in written(typed).pieces[0].html
