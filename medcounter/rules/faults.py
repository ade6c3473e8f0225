"""What an author got wrong, with the JSON path and the nearest name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from medcounter.errors import MedCounterError

_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a bundle.

    Attributes:
        path: Where, such as ``programmes[0].rules[3].when.from``.
        text: One Chinese sentence on what is wrong and what is allowed.
    """

    path: str
    text: str


class BundleUnreadableError(MedCounterError):
    """规则包有错，未被采用，原有规则继续有效；请把错误清单交给规则包的编制人。"""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault; the sentence names the first."""
        self.faults = tuple(faults)
        first = self.faults[0]
        more = f"（共 {len(self.faults)} 处）" if len(self.faults) > 1 else ""
        super().__init__(
            f"规则包有错{more}：{first.path or '文件'}：{first.text}"
            "规则包未被采用，原有规则继续有效；请把错误清单交给规则包的编制人。"
        )


def nearest(name: object, known: Iterable[str]) -> str:
    """Say which known name is nearest to a wrong one, or list them all."""
    names = sorted(set(known))
    close = get_close_matches(str(name), names, n=1, cutoff=0.5)
    if close:
        return f"最接近的是“{close[0]}”。"
    shown = "、".join(names[:_MOST_NAMES]) + ("……" if len(names) > _MOST_NAMES else "")
    return f"可用的有：{shown}。" if names else "这里没有可用的名称。"


def show_path(parts: Iterable[str | int]) -> str:
    """Write a JSON path: ``programmes[0].rules[3].answer``."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".")


def faults_of(err: ValidationError, document: object, schema: dict[str, Any]) -> list[Fault]:
    """Turn the record library's errors into faults with true JSON paths.

    Args:
        err: What the library found; all of it.
        document: The decoded JSON, to tell keys from union tags in a path.
        schema: JSON Schema of the document, for the nearest allowed key.
    """
    return [_fault(error, document, schema) for error in err.errors(include_url=False)]


def allowed_keys(schema: dict[str, Any], document: object, path: Sequence[str | int]) -> set[str]:
    """Name the keys that the schema allows in the object at a path."""
    part, here = _record(schema, schema, document), document
    for step in path:
        if isinstance(step, int) and isinstance(here, list):
            part, here = part.get("items", {}), here[step]
        elif isinstance(here, dict):
            part, here = part.get("properties", {}).get(step, {}), here.get(str(step))
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


def _fault(error: ErrorDetails, document: object, schema: dict[str, Any]) -> Fault:
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
    if error["type"] == "extra_forbidden":
        known = allowed_keys(schema, document, path[:-1])
        return Fault(show_path(path), f"不认识的键“{path[-1]}”。" + nearest(path[-1], known))
    return Fault(show_path(path), _sentence(error, path))


def _sentence(error: ErrorDetails, path: Sequence[str | int]) -> str:
    context: dict[str, Any] = error.get("ctx", {})
    value = str(error["input"])[:60]
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
            text = f"“{value}”写法不对，应符合 {context['pattern']}。"
        case "greater_than_equal":
            text = f"{value} 小于允许的 {context['ge']}。"
        case "less_than_equal":
            text = f"{value} 大于允许的 {context['le']}。"
        case _:
            text = f"值“{value}”的类型或长度不对（{error['msg']}）。"
    return text
