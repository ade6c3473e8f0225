"""What a typed ID number tells, and what is said of one that fails."""

from datetime import date

import pytest

from medcounter.identity.areas import PROVINCES, province
from medcounter.identity.id_number import IdFault, IdNumber, insisted, mask, mask_to_year, read_id

# The two worked numbers printed in GB 11643-1999.
STANDARD_WOMAN = "11010519491231002X"
STANDARD_CENTENARIAN = "440524188001010014"


def check_digit(body: str) -> str:
    """Weigh 17 digits by the table of GB 11643, written out here anew."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return "10X98765432"[total % 11]


def numbered(body: str) -> str:
    return body + check_digit(body)


def read(text: str) -> IdNumber:
    number = read_id(text)
    assert isinstance(number, IdNumber), number
    return number


def refused(text: str) -> IdFault:
    fault = read_id(text)
    assert isinstance(fault, IdFault), fault
    return fault


def test_the_standards_own_number_tells_birth_sex_and_province() -> None:
    number = read(STANDARD_WOMAN)
    assert number.birth_date == date(1949, 12, 31)
    assert (number.sex, number.area, number.kind) == ("女", "北京市", "resident")
    assert number.notes == ()


def test_the_standards_number_from_1880_is_taken() -> None:
    assert read(STANDARD_CENTENARIAN).birth_date == date(1880, 1, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "110105 19491231 002X",
        "110105-19491231-002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        "11010519491231002×",
        " 110105 19491231 002✕ ",
        "110105——19491231——002X",
        "\ufeff11010519491231002X\r\n",
    ],
)
def test_spaces_dashes_full_width_and_crosses_are_read(typed: str) -> None:
    assert read(typed).text == STANDARD_WOMAN


def test_a_wrong_check_digit_names_the_digit_that_fits() -> None:
    fault = refused("110105194912310021")
    assert fault.code == "id-check-digit"
    assert "应为“X”" in fault.text


@pytest.mark.parametrize("mark", ["!", "！", " !", "!!"])
def test_a_wrong_check_digit_is_taken_with_a_mark_when_the_clerk_insists(mark: str) -> None:
    number = read(f"110105194912310021{mark}")
    assert number.overridden
    assert number.birth_date == date(1949, 12, 31)
    assert "经办人确认" in number.notes[0]


def test_insisting_on_a_right_number_leaves_no_mark() -> None:
    assert not read(f"{STANDARD_WOMAN}!").overridden


@pytest.mark.parametrize(
    ("area", "name"),
    [("810000", "香港特别行政区"), ("820000", "澳门特别行政区"), ("830000", "台湾省")],
)
def test_a_residence_permit_is_a_person_too(area: str, name: str) -> None:
    number = read(numbered(f"{area}19900307001"))
    assert (number.kind, number.area, number.sex) == ("permit", name, "男")


def test_a_foreigners_card_names_the_province_that_received_the_person() -> None:
    number = read(numbered("93684019900307002"))
    assert (number.kind, number.area, number.birth_date) == (
        "foreigner",
        "江西省",
        date(1990, 3, 7),
    )


def test_an_old_number_of_15_digits_is_read_and_its_long_form_named() -> None:
    number = read("110105491231002")
    assert (number.kind, number.birth_date, number.sex) == ("old", date(1949, 12, 31), "女")
    assert STANDARD_WOMAN in number.notes[0]


def test_an_area_that_is_not_known_is_a_note_and_no_fault() -> None:
    number = read(numbered("77010219900307001"))
    assert number.area == ""
    assert "77" in number.notes[0]


def test_nothing_typed_is_no_fault() -> None:
    assert read_id(" - ") is None


@pytest.mark.parametrize(("typed", "missing"), [("3", 17), ("3601", 14), ("11010519491231002", 1)])
def test_an_unfinished_number_says_how_many_digits_are_missing(typed: str, missing: int) -> None:
    fault = refused(typed)
    assert fault.code == "id-incomplete"
    assert f"还差 {missing} 位" in fault.text


def test_a_number_too_long_says_by_how_many() -> None:
    fault = refused(STANDARD_WOMAN + "23")
    assert fault.code == "id-too-long"
    assert "多了 2 位" in fault.text


@pytest.mark.parametrize("birth", ["19490230", "19491301", "01900101", "20230229"])
def test_an_impossible_birth_date_in_a_number_is_named(birth: str) -> None:
    fault = refused(numbered(f"110105{birth}002"))
    assert fault.code == "id-birth-date"
    assert f"{birth[:4]}-{birth[4:6]}-{birth[6:]}" in fault.text


def test_an_old_number_with_an_impossible_birth_date_is_refused() -> None:
    assert refused("110105491331002").code == "id-birth-date"


def test_a_passport_is_refused_with_the_way_to_take_it() -> None:
    assert "“!”" in refused("E12345678").text
    number = read("E12345678!")
    assert (number.kind, number.text, number.birth_date) == ("other", "E12345678", None)


@pytest.mark.parametrize("typed", ["身份证", "1101051949123100X2", "??", "١٢٣٤", "a" * 5000])
def test_text_that_is_no_number_is_refused_in_one_short_sentence(typed: str) -> None:
    fault = refused(typed)
    assert fault.code in {"id-unreadable", "id-too-long"}
    assert len(fault.text) < 120
    assert "\n" not in fault.text


@pytest.mark.parametrize("typed", ["身份证!", "<b>!"])
def test_insisting_does_not_take_what_no_document_shows(typed: str) -> None:
    assert refused(typed).code == "id-unreadable"


def test_the_province_table_has_34_entries() -> None:
    assert len(PROVINCES) == 34
    assert province("36") == "江西省"
    assert province("00") == ""


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("360102199003071234", "3601**********1234"),
        ("360102900307123", "3601*******7123"),
        ("E12345678", "E1*****78"),
        ("1234567", "12***67"),
        ("123456", "******"),
        ("360102202212311234", "3601**********1234"),
        ("360102202301011234", "3601**************"),
        ("", ""),
    ],
)
def test_a_masked_number_shows_only_its_ends(number: str, masked: str) -> None:
    assert mask(number, date(2026, 11, 29)) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("360102199003071234", "3601**1990********"),
        ("36010219900307123X", "3601**1990********"),
        ("360102900307123", "3601**90*******"),
        ("E12345678", "E1*******"),
        ("123456", "******"),
        ("", ""),
    ],
)
def test_a_file_for_an_auditor_shows_no_more_than_the_year_of_birth(
    number: str, masked: str
) -> None:
    assert mask_to_year(number) == masked


@pytest.mark.parametrize("text", ["E12345678", "H0123456789", "12345678", "360103198807121238"])
def test_a_number_of_another_document_is_taken_when_it_is_insisted_on(text: str) -> None:
    read = read_id(insisted(text))
    assert isinstance(read, IdNumber)
    assert (read.text, read.overridden) == (text, True)


@pytest.mark.parametrize("text", ["", "360103198807121237", "无", "12", "护照E1234"])
def test_what_needs_no_mark_or_could_not_be_taken_is_not_insisted_on(text: str) -> None:
    assert insisted(text) == ""
