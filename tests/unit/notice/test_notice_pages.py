"""Which page each piece goes to: nothing lost, nothing cut that need not be."""

from medcounter.notice.sheet.pages import Box, PiecePlace, break_into_pages


def places(*boxes: Box, first: float = 100, following: float = 100) -> list[list[PiecePlace]]:
    return [list(page) for page in break_into_pages(boxes, first, following)]


def indexes(pages: list[list[PiecePlace]]) -> list[list[int]]:
    return [[place.box for place in page] for page in pages]


def test_no_piece_still_makes_one_page() -> None:
    assert places() == [[]]


def test_pieces_stand_below_each_other_with_their_gaps() -> None:
    assert places(Box(10, gap_mm=5), Box(20, gap_mm=3)) == [
        [PiecePlace(0, 0, 0, 10), PiecePlace(1, 13, 0, 20)]
    ]


def test_what_fills_the_page_exactly_stays_on_it() -> None:
    assert indexes(places(Box(60), Box(37, gap_mm=3))) == [[0, 1]]


def test_what_does_not_fit_goes_to_the_next_page_s_top_without_its_gap() -> None:
    assert places(Box(60), Box(40, gap_mm=3)) == [
        [PiecePlace(0, 0, 0, 60)],
        [PiecePlace(1, 0, 0, 40)],
    ]


def test_further_pages_have_their_own_height() -> None:
    assert indexes(places(Box(90), Box(50), Box(50), following=80)) == [[0], [1], [2]]


def test_a_piece_that_belongs_to_the_next_goes_with_it() -> None:
    assert indexes(places(Box(70), Box(20, with_next=True), Box(20))) == [[0], [1, 2]]


def test_a_heading_is_repeated_above_what_continues() -> None:
    rows = [Box(30, heading=0) for _row in range(4)]
    assert places(Box(10, with_next=True), *rows)[1] == [
        PiecePlace(0, 0, 0, 10),
        PiecePlace(4, 10, 0, 30),
    ]


def test_a_group_taller_than_a_page_is_broken_all_the_same() -> None:
    chain = [Box(40, with_next=True) for _box in range(4)]
    assert indexes(places(*chain)) == [[0, 1], [2, 3]]


def test_the_last_piece_stands_at_the_foot_of_its_page() -> None:
    assert places(Box(10), Box(20, gap_mm=2, at_bottom=True))[0][1] == PiecePlace(1, 80, 0, 20)


def test_the_last_piece_alone_on_its_page_stands_at_the_foot_too() -> None:
    assert places(Box(95), Box(20, gap_mm=2, at_bottom=True))[1] == [PiecePlace(1, 80, 0, 20)]


def test_only_narrow_pieces_stand_beside_what_rises_at_the_right() -> None:
    tail = Box(20, at_bottom=True, overhang_mm=15)
    assert indexes(places(Box(60), Box(20, narrow=True), tail)) == [[0, 1, 2]]
    assert indexes(places(Box(66), Box(10, narrow=True), tail)) == [[0, 1], [2]]


def test_a_piece_taller_than_a_page_is_cut_where_it_may_be() -> None:
    assert places(Box(30), Box(150, gap_mm=2, cuts_mm=(40, 66, 90, 140))) == [
        [PiecePlace(0, 0, 0, 30)],
        [PiecePlace(1, 0, 0, 90)],
        [PiecePlace(1, 0, 90, 60)],
    ]


def test_a_piece_that_may_be_cut_nowhere_is_cut_at_the_page_s_end() -> None:
    assert places(Box(150)) == [[PiecePlace(0, 0, 0, 100)], [PiecePlace(0, 0, 100, 50)]]


def test_a_slice_that_continues_stands_under_the_repeated_heading() -> None:
    assert places(Box(10, with_next=True), Box(150, heading=0))[2] == [
        PiecePlace(0, 0, 0, 10),
        PiecePlace(1, 10, 90, 60),
    ]
