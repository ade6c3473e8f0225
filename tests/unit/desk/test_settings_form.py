"""Settings as they are typed: read into values, kept apart from what was saved elsewhere."""

from dataclasses import replace

import pytest

from medcounter.desk.settings_form import (
    OFFSET_X,
    OFFSET_Y,
    SettingsForm,
    read_lines,
    read_names,
    read_number,
    read_tenths,
)
from medcounter.settings import Offset, Settings

AS_KEPT = Settings(hall="抚州市政务服务中心", desk="03", printer="窗口 3")


def form(**typed: object) -> SettingsForm:
    made = SettingsForm(AS_KEPT, AS_KEPT, "热敏")
    for name, value in typed.items():
        made = made.edited(name, value)
    return made


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [
        ("", 0),
        ("0", 0),
        ("1.5", 15),
        ("-0.5", -5),
        ("－2", -20),
        ("30", 300),
        ("30.1", None),
        ("1,5", None),
    ],
)
def test_millimetres_are_read_into_tenths(typed: str, tenths: int | None) -> None:
    assert read_tenths(typed) == tenths


def test_names_and_numbers_are_read_as_they_are_typed() -> None:
    assert read_names(" 王丽, 李敏；张三 ") == ("王丽", "李敏", "张三")
    assert read_number(" ") == 0
    assert read_number("٣") == "٣"


def test_phrases_are_read_line_by_line_and_shown_as_typed() -> None:
    assert read_lines(" 请带户口簿。\n\n三日内缴费\n") == ("请带户口簿。", "三日内缴费")
    typed = form(phrases="请带户口簿。\n")
    assert typed.settings.phrases == ("请带户口簿。",)
    assert typed.texts["phrases"] == "请带户口簿。\n"
    assert typed.faults == ()


def test_the_halls_telephone_may_stand_in_a_phrase() -> None:
    told = "咨询电话 0794-8221234、13807941234，QQ 群 12345678。"
    assert form(phrases=told).faults == ()


def test_an_offset_is_kept_for_the_printer_that_is_set() -> None:
    made = form(offset_x="1.5", offset_y="-2")
    assert made.settings.offsets == (Offset("窗口 3", 15, -20),)
    assert form(offset_x="1.5").edited(OFFSET_X, "0").settings.offsets == ()


def test_another_printer_shows_its_own_offset_and_not_what_was_typed() -> None:
    made = form(offset_x="1.5", printer="")
    assert made.printer == "热敏"
    assert made.texts[OFFSET_X] == "0.0"


def test_what_cannot_be_an_offset_stays_as_it_was_typed_and_is_a_fault() -> None:
    made = form(offset_y="很多")
    assert made.texts[OFFSET_Y] == "很多"
    assert [name for name, _ in made.faults] == [OFFSET_Y]
    assert made.settings.offsets == ()


def test_what_was_saved_elsewhere_is_taken_and_what_was_typed_stays() -> None:
    elsewhere = replace(AS_KEPT, hall="别的大厅", clerk="王丽")
    made = form(hall="我的大厅").kept_meanwhile(elsewhere)
    assert (made.settings.hall, made.settings.clerk) == ("我的大厅", "王丽")
