"""A name is found by whatever a clerk keys for it in Latin letters."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from medcounter.identity.pinyin import is_spelling, spellings

ROOT = Path(__file__).resolve().parents[3]


# Readings of surnames: 通用规范汉字表 and the usual lists of 姓氏异读.
@pytest.mark.parametrize(
    ("name", "keyed"),
    [
        ("吴建国", "wjg"),
        ("吴建国", "wujianguo"),
        ("吴建国", "wujg"),
        ("单小红", "sxh"),
        ("单小红", "shanxiaohong"),
        ("曾志伟", "zzw"),
        ("仇英", "qiuying"),
        ("解缙", "xj"),
        ("查良镛", "zly"),
        ("盖叫天", "gejiaotian"),
        ("任贤", "renx"),
        ("区大相", "odx"),
        ("朴志明", "piaozm"),
        ("覃丽", "qinl"),
        ("谌龙", "shenl"),
        ("黑大春", "hedachun"),
        ("贠雪", "yunx"),
        ("翟天", "zhait"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqi"),
        ("令狐冲", "lhc"),
        ("吕布", "lvbu"),
        ("吕布", "lubu"),
        ("阿依古丽·买买提", "ayglmmt"),
        ("Anna-Maria Müller", "amm"),
        ("Anna-Maria Müller", "annamariamuller"),
        ("Anna-Maria Müller", "maria"),
        ("Anna-Maria Müller", "muller"),
        ("Li 小龙", "lxl"),
    ],
)
def test_a_name_is_keyed_by_every_reading_of_its_surname(name: str, keyed: str) -> None:
    assert any(way.startswith(keyed) for way in spellings(name))


@pytest.mark.parametrize("name", ["", " · ", "𠮷", "123", "！", "\u202e"])
def test_a_name_without_a_known_reading_has_no_spelling(name: str) -> None:
    assert spellings(name) == ()


def test_a_character_without_a_reading_is_passed_over() -> None:
    assert "tian" in spellings("𠮷田")


def test_no_reading_of_the_surname_is_lost_to_the_readings_of_a_long_name() -> None:
    ways = spellings("单" + "行乐长重" * 5)
    assert {way[:3] for way in ways} >= {"dan", "sha", "cha"}
    assert len(ways) < 200


def test_the_longest_name_costs_no_noticeable_time() -> None:
    spellings("单")
    begun = time.perf_counter()
    spellings("行乐长重单曾" * 200)
    assert time.perf_counter() - begun < 0.1


def test_a_name_loads_no_table_of_phrases_and_passes_nothing_on() -> None:
    words = (
        "import os, sys; from medcounter.identity.pinyin import spellings;"
        "before = dict(os.environ); spellings('重庆'); from pypinyin.constants import PHRASES_DICT;"
        "sys.exit(bool(PHRASES_DICT) or dict(os.environ) != before)"
    )
    assert subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=False).returncode == 0


def test_letters_alone_are_a_spelling() -> None:
    assert [text for text in ("wjg", "WJG", "w1", "", "吴", "é") if is_spelling(text)] == [
        "wjg",
        "WJG",
    ]
