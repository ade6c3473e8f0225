"""Strict JSON: read without leniency, written in exactly one way.

Returns plain values and rejects what JSON readers silently disagree on:
duplicate keys, NaN and Infinity, fractions, giant integers, deep nesting,
lone surrogates, bytes that are not UTF-8. Knows no record and no file.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, NoReturn

from medcounter.errors import MedCounterError

MAX_INTEGER_DIGITS = 15
_INTEGER_LIMIT = 10**MAX_INTEGER_DIGITS
# The closing quote is optional, so that no broken text is scanned more than once.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_STRINGS = re.compile(_STRING, re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_NO_BRACKETS = re.compile(rf'{_STRING}|[^"\[\]{{}}]++', re.DOTALL)
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}
_UNMARKED = bytes(set(range(256)) - set(b'[]{}"'))
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_TOKENS = re.compile(
    rf"(?P<string>{_STRING})(?P<colon>\s*:)?|(?P<bracket>[\[\]{{}}])|(?P<word>[-+.\w]+)", re.DOTALL
)
# The decoder stops at one of these whatever follows it.
_CONSTANT = re.compile("NaN|-?Infinity")
# What a Chinese keyboard gives where JSON has a mark of its own.
_CHINESE_MARKS = {"“": '"', "”": '"', "，": ",", "：": ":", "【": "[", "】": "]"}
# By how the decoder's own message begins; the last one begins them all.
_REASONS = {
    "Expecting ',' delimiter": "这里的前面漏了逗号或右括号",
    "Expecting property name": "这里应是用英文双引号括起来的键",
    "Illegal trailing comma": "这里多了一个逗号",
    "Expecting ':' delimiter": "键的后面漏了英文冒号",
    "Invalid control character": "文字没有收尾的英文双引号，或文字里有换行",
    "Invalid \\": "文字里的反斜杠要写两个",
    "Extra data": "内容在这里应已结束，后面多出了东西；多半是右括号多了一个",
    "": "这里应是一个值；文字要用英文双引号括起来",
}
_CUT_ESCAPE = re.compile(r"\\u?[0-9a-fA-F]{0,4}\Z")
_CUT_WORDS = tuple(
    word[:end] for word in ("true", "false", "null", "-") for end in range(1, len(word) + 1)
)


class StrictJsonError(MedCounterError):
    """内容不是规范的 JSON，不能读取；请改正后重试。"""

    advice = "不能读取，请改正后重试"

    def __init__(self, what: str, text: str, position: int) -> None:
        """Describe what was found and where.

        Args:
            what: What is wrong, without a full stop.
            text: The whole text, of which the place is counted.
            position: Index of the character, from 0.
        """
        self.position = position
        self.line = text.count("\n", 0, position) + 1
        self.column = position - text.rfind("\n", 0, position)
        super().__init__(f"第 {self.line} 行第 {self.column} 列：{what}，{self.advice}。")


class NotUtf8Error(StrictJsonError):
    """内容不是 UTF-8 文字，不能读取；请重新取得完整的文件。"""

    advice = "不能读取，请重新取得完整的文件"


class NotJsonError(StrictJsonError):
    """内容不合 JSON 写法，不能读取；请改正后重试。"""


class CutShortError(NotJsonError):
    """内容在中途断了，不能读取；请重新取得完整的文件。"""

    advice = "不能读取，请重新取得完整的文件"


class DuplicateKeyError(StrictJsonError):
    """同一个键写了两次，不知以哪个为准，不能读取；请改正后重试。"""

    advice = "不知以哪个为准，不能读取，请改正后重试"


class NotANumberError(StrictJsonError):
    """数值写成了 NaN 或 Infinity，不能读取；请改正后重试。"""


class FractionError(StrictJsonError):
    """数值带小数或指数，不能精确读取；请写成整数，或写成带引号的文字。"""

    advice = "不能精确读取，请写成整数，或写成带引号的文字"


class GiantIntegerError(StrictJsonError):
    """整数位数过多，不能读取；请改正后重试。"""


class TooDeepError(StrictJsonError):
    """括号嵌套过深，不能读取；请改正后重试。"""


class LoneSurrogateError(StrictJsonError):
    """文字中有不成对的代理字符，不能读取；请改正后重试。"""


class NotCanonicalError(MedCounterError):
    """内容中有 JSON 写不准的值，不能保存或签名；请改正后重试。"""


class _RefusedError(Exception):
    """Something the decoder met and we refuse; only seen inside this file."""


def read_strict(data: bytes, *, max_depth: int = 64) -> object:
    """Read one JSON document.

    Args:
        data: UTF-8 bytes without a byte order mark.
        max_depth: How many brackets may be open at once.

    Returns:
        dict, list, str, int, bool or None; never a float.

    Raises:
        StrictJsonError: One subclass per cause, with position, line, column.
    """
    text = _decode(data)
    _refuse_depth(text, data, max_depth)
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_refuse,
            parse_int=_integer,
            parse_constant=_refuse,
        )
    except json.JSONDecodeError as err:
        raise _syntax_error(err, text) from err
    except _RefusedError as err:
        raise _explain(text) from err
    if _SURROGATE_ESCAPE.search(data):
        _refuse_surrogates(text)
    return value


_HARMLESS = frozenset({str, bool, type(None)})
_LISTS = (list, tuple)
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)


def canonical(value: object) -> bytes:
    """Write a value in the one form that is hashed and signed.

    Keys sorted by code point, no spaces, UTF-8, nothing escaped that need
    not be. What ``read_strict`` gives comes back unchanged.

    Raises:
        NotCanonicalError: A float, a key that is no text, a lone surrogate,
            an integer too long, or any type JSON does not have.
    """
    _refuse_foreign(value)
    text = _CANONICAL.encode(value)
    try:
        return text.encode()
    except UnicodeEncodeError as err:
        raise NotCanonicalError("文字中有不成对的代理字符，不能保存或签名；请改正后重试。") from err


def _decode(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as err:
        before = data[: err.start].decode()
        if err.reason == "unexpected end of data":
            raise CutShortError("内容到此中断", before, len(before)) from err
        raise NotUtf8Error("内容不是 UTF-8 文字", before, len(before)) from err
    if text.startswith("\ufeff"):
        raise NotUtf8Error("文件开头有字节顺序标记", text, 0)
    return text


def _refuse_depth(text: str, data: bytes, max_depth: int) -> None:
    if text.count("[") + text.count("{") <= max_depth:
        return
    # Without an escape quotes alone tell what is text, and a tenth of a bundle is looked at.
    marks = text if "\\" in text else data.translate(None, _UNMARKED).decode()
    steps = map(_DEEPER.__getitem__, _NO_BRACKETS.sub("", marks))
    if max(accumulate(steps), default=0) <= max_depth:
        return
    depth = 0
    blank = _STRINGS.sub(_blank, text)
    for match in _BRACKETS.finditer(blank):
        depth += 1 if match[0] in "[{" else -1
        if depth > max_depth:
            raise TooDeepError(f"括号嵌套超过 {max_depth} 层", text, match.start())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RefusedError
    return made


def _refuse(_text: str) -> NoReturn:
    raise _RefusedError


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > MAX_INTEGER_DIGITS:
        raise _RefusedError
    return int(text)


def _syntax_error(err: json.JSONDecodeError, text: str) -> NotJsonError:
    rest = text[err.pos :].rstrip()
    cut = (
        not rest
        or err.msg.startswith("Unterminated string")
        or rest in _CUT_WORDS
        or _CUT_ESCAPE.fullmatch("\\" + rest.lstrip("\\")) is not None
    )
    if cut:
        return CutShortError("内容到此中断", text, err.pos)
    why, place = _reason(err, text)
    return NotJsonError(f"写法不合 JSON：{why}", text, place)


def _reason(err: json.JSONDecodeError, text: str) -> tuple[str, int]:
    """Say what is wrong with a text that is no JSON, and at which character."""
    place = err.pos
    found = text[place]
    if found in _CHINESE_MARKS:
        return f"有中文标点 {found} ，这里要用英文标点 {_CHINESE_MARKS[found]} ", place
    # The decoder stops at what follows, often a line later; the gap is what is looked for.
    before = len(text[:place].rstrip()) - 1
    if err.msg.startswith("Expecting ',' delimiter") and "\n" in text[before:place]:
        return "行末漏了逗号或右括号", before
    if found in "]}" and err.msg.startswith("Expecting"):
        return "右括号前面多了一个逗号，或漏了值", place
    return next(why for start, why in _REASONS.items() if err.msg.startswith(start)), place


def _explain(text: str) -> StrictJsonError:
    """Find the first thing that the decoder refused; the slow way."""
    keys: list[set[str]] = []
    for match in _TOKENS.finditer(text):
        if match["bracket"] in {"[", "{"}:
            keys.append(set())
        elif match["bracket"]:
            keys.pop()
        elif match["colon"]:
            key = json.loads(match["string"])
            if key in keys[-1]:
                return DuplicateKeyError(f"键“{key[:40]}”写了两次", text, match.start())
            keys[-1].add(key)
        elif word := match["word"]:
            if constant := _CONSTANT.match(word):
                return NotANumberError(f"数值写成了 {constant[0]}", text, match.start())
            if re.search(r"\d[.eE]", word):
                return FractionError(f"数值 {word[:40]} 带小数或指数", text, match.start())
            if len(word.lstrip("-")) > MAX_INTEGER_DIGITS:
                what = f"整数超过 {MAX_INTEGER_DIGITS} 位"
                return GiantIntegerError(what, text, match.start())
    return NotJsonError("写法不合 JSON", text, 0)


def _refuse_surrogates(text: str) -> None:
    for match in _STRINGS.finditer(text):
        try:
            json.loads(match[0]).encode()
        except UnicodeEncodeError as err:
            raise LoneSurrogateError("文字中有不成对的代理字符", text, match.start()) from err


def _refuse_foreign(value: object) -> None:
    # What there is most of is not looked into: every hash of facts comes by.
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonicalError(f"键 {key!r} 不是文字，不能保存或签名；请改正后重试。")
            if type(inner) not in _HARMLESS:
                _refuse_foreign(inner)
    elif isinstance(value, _LISTS):
        for inner in value:
            _refuse_foreign(inner)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= _INTEGER_LIMIT:
            what = f"整数超过 {MAX_INTEGER_DIGITS} 位"
            raise NotCanonicalError(f"{what}，不能保存或签名；请改正后重试。")
    elif value is not None and not isinstance(value, str | bool):
        raise NotCanonicalError(f"值 {value!r} 不能准确写成 JSON，不能保存或签名；请改正后重试。")
