"""Faults in what an author wrote, with the JSON path and the nearest name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from medcounter.errors import MedCounterError
from medcounter.json_path import show_path
from medcounter.rules.code_labels import code_meant, nearest, with_label
from medcounter.rules.values import PATTERN_SENTENCES

_WANTED = {
    "string_type": "文字",
    "int_type": "不带引号的整数",
    "bool_type": "true 或 false",
    "tuple_type": "列表",
    "dict_type": "对象",
    "model_type": "对象",
    "model_attributes_type": "对象",
}
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a bundle.

    Attributes:
        path: Where, such as ``programmes[0].rules[3].when.from``.
        text: One Chinese sentence on what is wrong and what is allowed.
        name: The unknown name, where the fault is one.
        place: Where, for people: file, line and label; empty where not known.
    """

    path: str
    text: str
    name: str = ""
    place: str = ""

    @property
    def where(self) -> str:
        """Where, in the best words there are."""
        return self.place or self.path or "文件"


class BundleUnreadableError(MedCounterError):
    """规则包有错，未被采用，原有规则继续有效；请把错误清单交给规则包的编制人。"""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault; the sentence names the first."""
        self.faults = tuple(faults)
        first = self.faults[0]
        more = f"（共 {len(self.faults)} 处）" if len(self.faults) > 1 else ""
        super().__init__(
            f"规则包有错{more}：{first.where}：{first.text}"
            "规则包未被采用，原有规则继续有效；请把错误清单交给规则包的编制人。"
        )


def unknown(path: str, name: str, known: Collection[str]) -> Iterator[Fault]:
    """Refuse a name that is not among the known ones, naming the nearest."""
    if name not in known:
        yield Fault(path, f"不认识“{name}”。" + nearest(name, known), name)


def repeated(path: str, values: Iterable[str]) -> Iterator[Fault]:
    """Refuse each value that is written more than once."""
    for value, count in Counter(values).items():
        if count > 1:
            yield Fault(path, f"“{value}”写了 {count} 次，每个只能写一次。")


def faults_of(err: ValidationError, document: object, schema: dict[str, Any]) -> list[Fault]:
    """Turn the record library's errors into faults with true JSON paths.

    Args:
        err: What the library found; all of it.
        document: The decoded JSON, to tell keys from union tags in a path.
        schema: JSON Schema of the document, for the nearest allowed key.
    """
    errors = [_Found(error, *_place(error, document)) for error in err.errors(include_url=False)]
    meant = [found for found in errors if not any(found.beside_the_point(o) for o in errors)]
    return [_fault(group, document, schema) for group in _by_place(meant)]


@dataclass(frozen=True, slots=True)
class _Found:
    """One error of the record library, with its true path."""

    error: ErrorDetails
    path: tuple[str | int, ...]
    value: object

    def beside_the_point(self, other: _Found) -> bool:
        """Return whether another error is about the form the author meant.

        A value that may be text or an object gives errors for both forms; a list
        whose items are refused counts as too short.
        """
        if self.error["type"] == "too_short":
            return bool(self.value)
        within = other is not self and other.path[: len(self.path)] == self.path
        if isinstance(self.value, dict):
            return within and self.error["type"] == "value_error"
        return within and self.error["type"] in {"model_attributes_type", "model_type"}


def allowed_keys(schema: dict[str, Any], document: object, path: Sequence[str | int]) -> set[str]:
    """Name the keys that the schema allows in the object at a path."""
    here: Any = document
    part = _record(schema, schema, here)
    for step in path:
        listed = isinstance(step, int)
        part = part.get("items", {}) if listed else part.get("properties", {}).get(step, {})
        here = here[step]
        part = _record(schema, part, here)
    return set(part.get("properties", {}))


def _record(schema: dict[str, Any], part: dict[str, Any], value: object) -> dict[str, Any]:
    """Follow references and choose among alternatives by their tag."""
    while True:
        if "$ref" in part:
            part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        elif "discriminator" in part:
            tag = value.get(part["discriminator"]["propertyName"]) if _is_object(value) else None
            part = {"$ref": part["discriminator"]["mapping"].get(tag, "#/Text")} if tag else {}
        elif "anyOf" in part:
            wanted = "array" if isinstance(value, list) else "object"
            fitting = [
                choice
                for choice in part["anyOf"]
                if "$ref" in choice or "discriminator" in choice or choice.get("type") == wanted
            ]
            part = fitting[0] if fitting else {}
        else:
            return part


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _place(error: ErrorDetails, document: object) -> tuple[tuple[str | int, ...], object]:
    """Find the JSON path of an error, without union tags, and the value there."""
    path: list[str | int] = []
    here: Any = document
    for position, part in enumerate(error["loc"]):
        last = position == len(error["loc"]) - 1
        in_object = isinstance(here, dict) and part in here
        if in_object or (isinstance(here, list) and isinstance(part, int)):
            path.append(part)
            here = here[part]
        elif last and error["type"] == "missing":
            path.append(part)
    return tuple(path), here


def _by_place(errors: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Gather the errors of one value: it may be of several types, none of which fits."""
    groups: dict[tuple[object, ...], list[_Found]] = {}
    for number, found in enumerate(errors):
        of_type = found.error["type"] in _WANTED
        key = (found.path,) if of_type else (found.path, number)
        groups.setdefault(key, []).append(found)
    yield from groups.values()


def _fault(group: list[_Found], document: object, schema: dict[str, Any]) -> Fault:
    found = group[0]
    path = found.path
    if found.error["type"] == "extra_forbidden":
        known = allowed_keys(schema, document, path[:-1])
        return Fault(show_path(path), f"不认识的键“{path[-1]}”。" + nearest(path[-1], known))
    if len(group) > 1:
        wanted = "或".join(dict.fromkeys(_WANTED[one.error["type"]] for one in group))
        value = _written(found.error["input"])
        return Fault(show_path(path), f"值“{value}”的类型不对，应是{wanted}。")
    return Fault(show_path(path), _sentence(found.error, path))


def _written(value: object) -> str:
    """Return a value as its author wrote it, cut short; a text without its quotes."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:_LONGEST_VALUE]


def _sentence(error: ErrorDetails, path: Sequence[str | int]) -> str:
    context: dict[str, Any] = error.get("ctx", {})
    value = _written(error["input"])
    match error["type"]:
        case "missing":
            text = f"缺少必填的键“{path[-1]}”。"
        case "union_tag_invalid" | "literal_error":
            given = context.get("tag", value)
            known = str(context.get("expected_tags", context.get("expected", "")))
            names = [word.strip("'") for word in known.replace(" or ", ", ").split(", ") if word]
            text = f"不认识的取值“{given}”。" + nearest(given, names)
        case "union_tag_not_found":
            text = f"缺少用来区分种类的键 {context['discriminator']}。"
        case "value_error":
            text = str(context["error"])
        case "string_pattern_mismatch":
            text = _pattern_sentence(value, str(context["pattern"]))
        case "greater_than_equal":
            text = f"{value} 小于允许的 {context['ge']}。"
        case "less_than_equal":
            text = f"{value} 大于允许的 {context['le']}。"
        case "string_too_short" | "too_short":
            text = "不能为空，至少要写一项。"
        case "string_too_long":
            text = f"文字太长，最多 {context['max_length']} 字。"
        case kind:
            wanted = _WANTED.get(kind, "别的类型")
            text = f"值“{value}”的类型不对，应是{wanted}。"
    return text


def _pattern_sentence(value: str, pattern: str) -> str:
    """Say how a code is written; where a label stands for one, which code it is."""
    if meant := code_meant(value):
        return f"“{value}”不是代码，应写{with_label(meant)}。"
    return f"“{value}”写法不对，{PATTERN_SENTENCES.get(pattern, '请照规则说明改写')}。"
