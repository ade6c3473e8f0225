"""What clerks read is written as Chinese is: with full-width punctuation and the field's words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HAN = "\u3400-\u9fff"
# What an f-string puts in; beside Chinese it is read as Chinese is.
HOLE = "〇"
BESIDE = f"{HAN}{HOLE}”」》）…"
AFTER = f"{HAN}{HOLE}“「《（"
HALF_WIDTH = re.compile(rf"(?<=[{BESIDE}])[,:;!?()]|[,:;!?()](?=[{AFTER}])")
# Qt's own notation: a letter to press, and the kinds of files of a dialog.
MNEMONIC = re.compile(r"\(&[A-Z]\)")
FILE_KINDS = re.compile(r"\((?:\*(?:\.\w+)? ?)+\)|;;")
# Half-width on purpose, each for its reason.
LAWFUL = {
    # Patterns and sets of characters that are looked for in what others wrote.
    "medcounter/cli/command.py": {
        "argument 命令: invalid choice: '?(.*?)'? \\(choose from (.*)\\)"
    },
    "medcounter/authoring/form/reading/day_reading.py": {
        "(?:〇[-./年])?(?P<month>\\d{1,2})[-./月](?P<day>\\d{1,2})[日号]?",
        "(?:〇年)?(?P<month>\\d{1,2})月(?:底|末|最后[一1][天日])",
        "(?:〇年)?年?底",
        "[〇零一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九]+",
    },
    "medcounter/authoring/form/reading/field_reading.py": {
        "(20\\d{2})(?:年度?)?",
        "(20\\d{2})(?:年度?)?(?:[-~至到]|—+)(20\\d{2})(?:年度?)?",
        "([一二三四五六七八九])?十([一二三四五六七八九])?",
        "([十百千万])分之(\\d+(?:\\.\\d+)?)",
        "(\\d(?:\\.\\d)?)成",
        "(\\d{1,4})(?:个?月|天|日|周岁|岁|年|号|次|倍)?",
        "(\\d{1,4})(天|日|个?月|周年|年|周岁|岁)(?:以?内|之内)?",
        (
            "(?:〇|每?人|每?年)*"
            "(?P<yuan>\\d{1,3}(?:,\\d{3})+|\\d{1,10})(?:\\.(?P<fen>\\d{1,2}))?(?P<ten_thousands>万)?"
            "(?:元整?)?(?:〇)?(?:(?:[/每]|(?<=[元整人年]))每?[人年])*"
        ),
    },
    "medcounter/identity/card.py": {
        ".*(省|市|区|县|乡|镇|村|路|街|号|室)",
        "^(姓名|性别|民族|出生(日期)?|住址|地址|公民身份号码|身份证号码?|号码)[:：]?",
    },
    "medcounter/typed/typed_answers.py": {
        "(?:20)?(?P<first>[0-9]{2})(?:年度?)?(?:~(?:20)?(?P<last>[0-9]{2})(?:年度?)?)?"
    },
    "medcounter/typed/typed_date.py": {"\\s*\\(?(?:星期|周|礼拜)[一二三四五六日天]\\)?$"},
    "medcounter/rules/checking/check_figures.py": {
        "个人(?:实际|只|再)?缴(?:费|纳)?\\s*\\{amount\\}\\s*元",
        "(?<![\\d年])(?<!年 )(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日",
        (
            "(?<![\\d.])(\\d+)\\s*(?:个整?月|天)"
            "|(?<![\\d.月])(?<!月 )(\\d+)\\s*日(?=[之以]?内)"
            "|(?<![\\d.])(3[2-9]|[4-9]\\d|\\d{3,})\\s*日"
        ),
    },
    "medcounter/roster/reading/account.py": {
        "(?:19|20)[0-9]{2}年?度?(?:是否)?(?:参保|缴费)?(?:情况|记录)?"
    },
    "medcounter/roster/reading/cells.py": {
        "(?P<year>(?:18|19|20)\\d{2})[-./年\\s]*(?P<month>\\d{1,2})月?",
        "(?P<year>\\d{2})[-./年](?P<month>\\d{1,2})月?",
        "(?P<month>(?:18|19|20)\\d{2}[-./年]\\d{1,2})(?:[-./]|月)0?1日?",
        "年度?$",
        "(?:19|20)\\d{2}年?\\s*[-~至到\\u2013\\u2014]+\\s*\\d{2}年?(?!\\d)",
    },
    "medcounter/roster/reading/codes.py": {
        "\\((?:(?:分散|集中)(?:供养)?|[一二12]级|城市|城镇|农村|[ABC]类)\\)$"
    },
    # A cell as table programs name it: sheet, exclamation mark, place.
    "medcounter/roster/reading/findings.py": {"〇!第 〇 行"},
    # Parts of answers that were stamped: replay finds the same answer again, to the byte.
    "medcounter/rules/event_conditions.py": {"〇于 〇,"},
    "medcounter/rules/vocabulary.py": {"其他(稳定)脱贫人口"},
}
# In files since 0.1.0.
OLDER_WORD = {
    "medcounter/desk/access/access_records.py",
    "medcounter/trust/slot_format.py",
}


def texts(tree: ast.Module) -> Iterator[str]:
    """Every text with Chinese in it, an f-string as one; docstrings only where clerks read them."""
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = "" if id(node) in parts else node.value
        else:
            continue
        # A docstring for developers is English and may quote a Chinese word.
        english = re.match(r"[A-Z][a-z]* [a-z]", text)
        if re.search(f"[{HAN}]", text) and not english:
            yield text


def product() -> Iterator[tuple[str, ast.Module]]:
    for room in ("medcounter", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def half_width(text: str) -> list[str]:
    return HALF_WIDTH.findall(FILE_KINDS.sub("", MNEMONIC.sub("", text)))


def test_what_clerks_read_has_full_width_punctuation() -> None:
    faults = {(name, text) for name, tree in product() for text in texts(tree) if half_width(text)}
    assert faults == {(name, text) for name, some in LAWFUL.items() for text in some}


def test_a_key_is_called_by_one_word() -> None:
    named = {name for name, tree in product() if any("钥匙" in text for text in texts(tree))}
    assert named == OLDER_WORD


@pytest.mark.parametrize(
    "text",
    ["编号写不成,不能出单", "金额 〇 元:太大", "没有这一天(每年都要有)", "真的吗?", "〇, 请重试"],
)
def test_half_width_punctuation_would_be_found(text: str) -> None:
    assert half_width(text)


@pytest.mark.parametrize(
    "text",
    ["打印(&P)", "名单 (*.xlsx *.csv);;所有文件 (*)", "08:30 到 12:00", "共 1,000 人", "真的吗？"],
)
def test_what_is_no_punctuation_of_a_chinese_sentence_is_left_alone(text: str) -> None:
    assert not half_width(text)
