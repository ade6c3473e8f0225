"""Settings survive what happens to their file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.settings import (
    Offset,
    SettingInvalidError,
    Settings,
    SettingsUnsavedError,
    check_settings,
    load_settings,
    save_settings,
)

OURS = Settings(
    hall="赣州市政务服务中心",
    desk="03",
    clerk="李敏",
    region="360000",
    scale=125,
    clerks=("李敏", "王丽"),
    printer="窗口 3",
    paper="A4x2",
    large_print=True,
    whole_id=True,
    offsets=(Offset("窗口 3", 12, -5), Offset("后台", -300, 300)),
    lock_minutes=0,
    second_place="E:\\备份",
    card_reader=False,
    reader_port=8989,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_what_was_saved_is_read_back(path: Path) -> None:
    assert save_settings(path, OURS) is None
    assert load_settings(path) == (OURS, ())


def test_a_missing_file_means_the_defaults_and_no_problem(path: Path) -> None:
    assert load_settings(path) == (Settings(), ())


def test_the_folder_is_made_when_it_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "settings.json"
    save_settings(path, OURS)
    assert load_settings(path) == (OURS, ())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"version": 1, "hall": "a", "hall": "b"}',
        b"\xff\xfe",
        b"[]",
        b'{"version": 2, "hall": "later"}',
        b'{"hall": "without version"}',
        b'"' + b"a" * 200_000 + b'"',
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_kept(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    settings, problems = load_settings(path)
    assert settings == Settings()
    assert len(problems) == 1
    assert "原文件会保留" in problems[0]
    kept = save_settings(path, OURS)
    assert kept is not None
    assert kept.read_bytes() == content
    assert load_settings(path) == (OURS, ())


def test_every_unreadable_file_is_kept_under_its_own_name(path: Path) -> None:
    for content in (b"{", b"["):
        path.write_bytes(content)
        save_settings(path, OURS)
    kept = [path.with_name(f"settings-kept-{number}.json").read_bytes() for number in (1, 2)]
    assert kept == [b"{", b"["]


def test_a_folder_in_the_place_of_the_file_is_said(path: Path) -> None:
    path.mkdir()
    settings, problems = load_settings(path)
    assert settings == Settings()
    assert "无法打开" in problems[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hall", "两行\n文字"),
        ("hall", "长" * 61),
        ("hall", 3),
        ("desk", "3"),
        ("desk", "03\n"),
        ("region", "36"),
        ("scheme", "both"),
        ("benefit_year", 25),
        ("benefit_year", True),
        ("paper", "A3"),
        ("theme", "pink"),
        ("scale", 89),
        ("scale", 201),
        ("scale", "100"),
        ("clerks", "李敏"),
        ("clerks", ["李敏", "李敏"]),
        ("clerks", ["李敏", ""]),
        ("clerks", [" 李敏"]),
        ("clerks", [3]),
        ("clerks", [["李敏"]]),
        ("clerks", [f"{number}" for number in range(51)]),
        ("phrases", "请带户口簿"),
        ("phrases", ["请带户口簿", "请带户口簿"]),
        ("phrases", ["请带户口簿 "]),
        ("phrases", [3]),
        ("phrases", [f"第 {number} 句" for number in range(10)]),
        ("phrases", ["吴建国 360103198807121237 已登记"]),
        ("phrases", ["３６０１０３ １９８８０７１２ １２３７"]),
        ("phrases", ["证件 36010319880712123X"]),
        ("phrases", ["360103880712123"]),
        ("phrases", ["护照 E12345678"]),
        ("printer", None),
        ("printer", "长" * 401),
        ("large_print", 1),
        ("whole_id", "yes"),
        ("offsets", {"printer": "甲", "x": 0, "y": 0}),
        ("offsets", ["甲"]),
        ("offsets", [{"printer": "甲", "x": 0}]),
        ("offsets", [{"printer": "甲", "x": 0, "y": 0, "z": 0}]),
        ("offsets", [{"printer": "", "x": 0, "y": 0}]),
        ("offsets", [{"printer": "甲", "x": 301, "y": 0}]),
        ("offsets", [{"printer": "甲", "x": 0, "y": "0"}]),
        ("offsets", [{"printer": "甲", "x": 0, "y": 0}, {"printer": "甲", "x": 1, "y": 0}]),
        ("offsets", [{"printer": ["甲"], "x": 0, "y": 0}]),
        ("lock_minutes", 241),
        ("lock_minutes", -1),
        ("lock_minutes", True),
        ("second_place", "两行\n文字"),
        ("card_reader", None),
        ("reader_port", 65536),
    ],
)
def test_one_wrong_value_costs_only_itself(path: Path, name: str, value: object) -> None:
    save_settings(path, OURS)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {name: value}), "utf-8")
    settings, problems = load_settings(path)
    assert settings == replace(OURS, **{name: getattr(Settings(), name)})
    assert len(problems) == 1


def test_an_unknown_key_is_said_and_the_rest_is_read(path: Path) -> None:
    path.write_text('{"version": 1, "hall": "甲", "colour": "red"}', "utf-8")
    settings, problems = load_settings(path)
    assert settings == Settings(hall="甲")
    assert "colour" in problems[0]


def test_a_wrong_value_is_not_saved(path: Path) -> None:
    save_settings(path, OURS)
    with pytest.raises(SettingInvalidError, match="窗口号"):
        save_settings(path, replace(OURS, desk="3"))
    assert load_settings(path) == (OURS, ())


def test_the_faults_name_their_settings() -> None:
    faults = check_settings(replace(OURS, desk="x", scale=10))
    assert [name for name, _ in faults] == ["desk", "scale"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsUnsavedError):
        save_settings(tmp_path / "file" / "settings.json", OURS)


def test_a_file_from_before_the_printer_s_settings_is_read_whole(path: Path) -> None:
    before = {
        "version": 1,
        "hall": "甲",
        "desk": "03",
        "clerk": "李敏",
        "region": "360000",
        "scheme": "resident",
        "benefit_year": None,
        "paper": "A4",
        "theme": "dark",
        "scale": 110,
    }
    path.write_text(json.dumps(before), "utf-8")
    settings, problems = load_settings(path)
    assert problems == ()
    assert (settings.hall, settings.paper, settings.scale) == ("甲", "A4", 110)
    assert (settings.printer, settings.lock_minutes, settings.card_reader) == ("", 10, True)
    assert save_settings(path, settings) is None


def test_a_printer_without_an_offset_of_its_own_moves_nothing() -> None:
    assert OURS.offset_on("窗口 3") == Offset("窗口 3", 12, -5)
    assert OURS.offset_on("另一台") == Offset("另一台", 0, 0)


def test_a_fault_in_a_list_is_said_as_the_list_is_read() -> None:
    faulty = replace(OURS, offsets=(Offset("甲", 301),), clerks=("李敏", "李敏"))
    assert [sentence.partition("”不能用")[0] for _, sentence in check_settings(faulty)] == [
        "设置“经办人名单”的值“李敏、李敏",
        "设置“打印偏移”的值“甲 301 0",
    ]
