"""The PDF: whole on the disk, found by searching, and telling nothing in its properties."""

import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from medcounter.assess.assessment import Remark
from medcounter.notice.content.notice import Notice, Sheet
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, PAPERS, Paper
from tests.support.paper.notice_samples import LATE_0305, LONG_PARTY, PARTY, notice
from tests.support.system.destination_at import destination_at
from ui.printing.layout import lay_out
from ui.printing.pdf import PdfNotSavedError, pdf_bytes, write_pdf

MM_PER_POINT = 25.4 / 72


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Drawing needs fonts."""
    del qapp


def reader_of(made: Notice, paper: Paper = A5_LANDSCAPE) -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(lay_out(Sheet(made), paper))))


def squeezed(text: str) -> str:
    """Leave out white space, which readers of PDFs set as they like."""
    return "".join(text.split())


def text_of(made: Notice) -> str:
    return squeezed("".join(page.extract_text() for page in reader_of(made).pages))


@pytest.mark.parametrize(
    "words",
    [
        "城乡居民基本医疗保险缴费通知单（测算）",
        "人民币肆佰元整",
        "吴建国",
        "3601**********1234",
        "2025-03-000127",
        "2025-06-05",
        "已告知等待期",
        "税务窗口",
        f"校验码{notice().check_code}",
        "规则medcounter-rules第7版3f9a21c0①至②",
    ],
)
def test_what_is_printed_is_found_by_searching(words: str) -> None:
    assert words in text_of(notice())


def test_common_characters_are_not_written_as_radicals() -> None:
    text = text_of(notice())
    assert "民" in text
    radicals = [c for c in text if unicodedata.name(c, "").startswith(("KANGXI", "CJK RADICAL"))]
    assert radicals == []


def test_no_character_is_found_in_the_pdf_that_does_not_stand_on_the_sheet() -> None:
    made = notice(party=LONG_PARTY)
    layout = lay_out(Sheet(made), A5_LANDSCAPE)
    documents = (*layout.documents, *filter(None, [layout.side]), *layout.feet)
    sheet = "".join(document.toPlainText() for document in documents)
    drawn = "等待期享受待遇无待遇经办机构章缴费月日0123456789"
    assert set(text_of(made)) <= set(squeezed(sheet)) | set(drawn)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_has_the_size_of_the_paper(paper: Paper) -> None:
    laid_out = lay_out(Sheet(notice()), paper).paper
    box = reader_of(notice(), paper).pages[0].mediabox
    assert float(box.width) * MM_PER_POINT == pytest.approx(paper.width_mm, abs=0.5)
    assert float(box.height) * MM_PER_POINT == pytest.approx(laid_out.sheet_height_mm, abs=0.5)
    assert (laid_out.sheet_height_mm < paper.sheet_height_mm) == paper.roll


def test_the_fonts_are_the_bundled_ones_and_embedded() -> None:
    with pdfplumber.open(BytesIO(pdf_bytes(lay_out(Sheet(notice()), A5_LANDSCAPE)))) as pdf:
        fonts = {char["fontname"].split("+")[-1] for char in pdf.pages[0].chars}
    assert fonts
    assert all(font.startswith("NotoSansSC") for font in fonts)


def test_no_letter_is_smaller_than_the_smallest_size_that_can_be_read() -> None:
    with pdfplumber.open(BytesIO(pdf_bytes(lay_out(Sheet(notice()), A5_LANDSCAPE)))) as pdf:
        sizes = [char["size"] for char in pdf.pages[0].chars]
    assert min(sizes) >= 6


def test_the_dates_of_wait_and_cover_are_among_the_largest_type() -> None:
    with pdfplumber.open(BytesIO(pdf_bytes(lay_out(Sheet(notice()), A5_LANDSCAPE)))) as pdf:
        words = pdf.pages[0].extract_words(extra_attrs=["size"])
    sizes = {word["text"]: word["size"] for word in words}
    assert sizes["2025-06-04"] >= 15
    assert sizes["2025-06-05"] >= 15


def test_the_properties_name_the_notice_and_nobody() -> None:
    reader = reader_of(notice())
    assert reader.metadata is not None
    assert reader.metadata.title == "缴费通知单 2025-03-000127"
    everything = " ".join(str(value) for value in reader.metadata.values())
    everything += str(reader.xmp_metadata.dc_title if reader.xmp_metadata else "")
    assert PARTY.name not in everything
    assert "王丽" not in everything


def test_a_specimen_s_title_says_so() -> None:
    metadata = reader_of(notice(number=None)).metadata
    assert metadata is not None
    assert metadata.title == "缴费通知单 样张"


def test_a_saved_pdf_is_whole_and_alone_in_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "通知单.pdf"
    write_pdf(lay_out(Sheet(notice()), A5_LANDSCAPE), destination_at(path))
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert list(tmp_path.iterdir()) == [path]


def test_a_reprint_of_a_void_notice_is_saved_as_such(tmp_path: Path) -> None:
    path = tmp_path / "void.pdf"
    write_pdf(lay_out(Sheet(notice(), 2, voided=True), A4_PORTRAIT), destination_at(path))
    text = squeezed(PdfReader(path).pages[0].extract_text())
    assert "已作废" in text
    assert "补打" in text


def test_a_long_notice_has_its_pages_numbered() -> None:
    told = tuple(Remark(str(n), "info", f"须告知的第 {n} 件事。" * 9) for n in range(20))
    pages = reader_of(notice(replace(LATE_0305, remarks=told))).pages
    texts = [squeezed(page.extract_text()) for page in pages]
    assert [f"第{n}/2页" in text for n, text in enumerate(texts, start=1)] == [True, True]


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "notice.pdf"
    with pytest.raises(PdfNotSavedError, match=r"没有保存到.*请换一个位置"):
        write_pdf(lay_out(Sheet(notice()), A5_LANDSCAPE), destination_at(path))
    assert list(tmp_path.iterdir()) == []


def test_a_destination_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    place = destination_at(path)  # a folder comes to lie there while the sheet is drawn
    path.mkdir()
    (path / "kept").write_text("kept")
    with pytest.raises(PdfNotSavedError):
        write_pdf(lay_out(Sheet(notice()), A5_LANDSCAPE), place)
    assert [entry.name for entry in path.iterdir()] == ["kept"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_said_and_the_old_file_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    path = tmp_path / "notice.pdf"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(PdfNotSavedError, match="没有保存到"):
            write_pdf(lay_out(Sheet(notice()), A5_LANDSCAPE), destination_at(path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
