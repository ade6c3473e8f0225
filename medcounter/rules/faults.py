"""What an author got wrong, with the JSON path and the nearest name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeGuard

from pydantic import ValidationError

from medcounter.errors import MedCounterError


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
    shown = "、".join(names[:20]) + ("……" if len(names) > 20 else "")
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


def _fault(error: Any, document: object, schema: dict[str, Any]) -> Fault:
    path: list[str | int] = []
    here: Any = document
    location = error["loc"]
    for position, part in enumerate(location):
        last = position == len(location) - 1
        if isinstance(here, dict) and part in here:
            path.append(part)
            here = here[part]
        elif isinstance(part, int) and isinstance(here, list):
            path.append(part)
            here = here[part]
        elif last and error["type"] == "missing":
            path.append(part)
    allowed = allowed_keys(schema, document, path[:-1]) if error["type"] == "extra_forbidden" else ()
    return Fault(show_path(path), _sentence(error, path, allowed))


def _sentence(error: Any, path: Sequence[str | int], allowed: Iterable[str]) -> str:
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    name = path[-1] if path else ""
    if kind == "extra_forbidden":
        return f"不认识的键“{name}”。" + nearest(name, allowed)
    if kind == "missing":
        return f"缺少必填的键“{name}”。"
    if kind in {"union_tag_invalid", "literal_error"}:
        given = context.get("tag", value)
        known = context.get("expected_tags", context.get("expected", ""))
        options = [word for word in known.replace(" or ", ", ").split(", ") if word]
        return f"不认识的取值“{given}”。" + nearest(given, [word.strip("'") for word in options])
    if kind == "union_tag_not_found":
        return f"缺少用来区分种类的键 {context['discriminator']}。"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"“{value}”写法不对，应符合 {context['pattern']}。"
    bound = {"greater_than_equal": ("小于", "ge"), "less_than_equal": ("大于", "le")}.get(kind)
    if bound:
        return f"{value} {bound[0]}允许的 {context[bound[1]]}。"
    return f"值 {str(value)[:60]!r} 的类型或长度不对（{error['msg']}）。"

