"""A word for a state, a unit or an unsettled amount is written in one module."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.wording.terms import INSURANCES, SCHEMES

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "medcounter" / "wording" / "terms.py"
STATES = {"已出单", "打印待核对", "已作废", "已更正", "待录入", "已录入"}
UNITS = {"个月", "个整月", "天", "年"}
TERMS = STATES | UNITS | {"待核定"}
EVERYDAY = {"已出单", "已作废", "已更正", "已录入", "天", "年"}
LATIN = re.compile(r"[A-Za-z]")
CHINESE = re.compile(r"[一-鿿]+")
PARTS_OF_THE_WAIT = ("断保变动", "补缴减少")


def copies(tree: ast.AST) -> Iterator[str]:
    """Texts that are nothing but one of the words, with or without a sign beside it."""
    sentences = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    in_sentences = {id(part) for sentence in sentences for part in sentence.values}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if LATIN.search(node.value):  # a docstring
            continue
        word = "".join(CHINESE.findall(node.value)).removeprefix("应缴").removeprefix("金额")
        # Between values of a sentence a word of everyday speech is that and no more.
        if word in TERMS - EVERYDAY or (word in TERMS and id(node) not in in_sentences):
            yield node.value


def test_no_module_but_the_terms_writes_one_of_the_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sorted((*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py")))
        if path != OWN
        for word in copies(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_terms_are_the_words_looked_for() -> None:
    own = set(copies(ast.parse(OWN.read_text(encoding="utf-8"))))
    assert own == TERMS


def test_the_sum_of_a_wait_is_worded_in_one_module() -> None:
    worded = {
        path.relative_to(ROOT).as_posix()
        for path in (*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        if any(part in ast.unparse(node) for part in PARTS_OF_THE_WAIT)
    }
    assert worded == {"medcounter/wording/wait_words.py"}


def test_a_scheme_is_worded_in_one_module() -> None:
    words = {*SCHEMES.values(), *INSURANCES.values()}
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in words
    }
    # There it is what a village writes for somebody of no special identity.
    assert found - {"medcounter/roster/list_words.py"} == {"medcounter/wording/terms.py"}


@pytest.mark.parametrize(
    "line", ['_UNIT = {"month": "个月"}', 'x = "✕ 已作废"', 'f"{n} 个月"', 'f"应缴金额待核定"']
)
def test_each_way_of_copying_a_word_is_seen(line: str) -> None:
    assert list(copies(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ['"月备份 12 个月后自动删除"', 'f"还有 {left} 天"', '"合计因此待核定。"']
)
def test_a_sentence_that_has_a_word_in_it_is_left_alone(line: str) -> None:
    assert not list(copies(ast.parse(line)))
