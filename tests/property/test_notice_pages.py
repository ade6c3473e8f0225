"""Pieces of any height on pages of any height: all there, in order, inside the page."""

from hypothesis import given
from hypothesis import strategies as st

from medcounter.notice.sheet.pages import Box, PiecePlace, break_into_pages

LENGTHS = st.integers(0, 40).map(float)


@st.composite
def stacks(draw: st.DrawFn) -> list[Box]:
    heights = draw(st.lists(st.integers(1, 120).map(float), max_size=12))
    boxes = [
        Box(
            height,
            gap_mm=draw(LENGTHS) / 10,
            with_next=draw(st.booleans()),
            narrow=draw(st.booleans()),
            cuts_mm=tuple(sorted(draw(st.sets(st.integers(1, 119).map(float), max_size=5)))),
        )
        for height in heights
    ]
    if draw(st.booleans()):
        boxes.append(Box(draw(st.integers(1, 30).map(float)), at_bottom=True, overhang_mm=10))
    return boxes


def slices(pages: tuple[tuple[PiecePlace, ...], ...]) -> list[PiecePlace]:
    return [place for page in pages for place in page]


@given(stacks(), st.integers(60, 150), st.integers(50, 150))
def test_every_piece_stands_whole_and_in_order(boxes: list[Box], first: int, after: int) -> None:
    placed = slices(break_into_pages(boxes, first, after))
    assert [place.box for place in placed] == sorted(place.box for place in placed)
    for index, box in enumerate(boxes):
        own = [place for place in placed if place.box == index]
        assert own[0].from_mm == 0
        assert own[-1].from_mm + own[-1].height_mm == box.height_mm
        ends = [place.from_mm + place.height_mm for place in own]
        assert ends[:-1] == [place.from_mm for place in own[1:]]


@given(stacks(), st.integers(60, 150), st.integers(50, 150))
def test_no_piece_leaves_its_page_or_covers_another(
    boxes: list[Box], first: int, after: int
) -> None:
    for number, page in enumerate(break_into_pages(boxes, first, after)):
        room = after if number else first
        end = 0.0
        for place in page:
            assert place.top_mm >= end - 1e-9
            end = place.top_mm + place.height_mm
            assert end <= room + 1e-9


@given(stacks(), st.integers(60, 150), st.integers(50, 150))
def test_a_piece_that_fits_a_page_is_never_cut(boxes: list[Box], first: int, after: int) -> None:
    placed = slices(break_into_pages(boxes, first, after))
    for index, box in enumerate(boxes):
        if box.height_mm <= min(first, after):
            assert sum(place.box == index for place in placed) == 1


@given(st.lists(st.integers(5, 30).map(float), min_size=1, max_size=30))
def test_every_page_with_rows_begins_with_their_heading(heights: list[float]) -> None:
    boxes = [Box(6, with_next=True), *(Box(height, heading=0) for height in heights)]
    for page in break_into_pages(boxes, 80, 80):
        assert page[0].box == 0
