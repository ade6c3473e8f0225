"""What came after format 1 says so, so that no bundle of format 1 can use it.

The keys and values of format 1 are those of the schema of 0.1.0.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from medcounter.rules.bundle import Bundle
from medcounter.rules.checking.schema import bundle_schema
from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.values import Record
from tests.support.rules.rule_samples import DATA, Json, province_book, read_json

FORMAT_1: dict[str, dict[str, list[str]]] = read_json(DATA / "answers" / "keys-of-format-1.json")
# What a record of today was in format 1.
WAS = {"StartDay": "Anchor", "WaitStartAnswer": "Anchor"}
# Format 2 itself.
KNOWN = {("Bundle", "format")}


def records(of: type[Record] = Record) -> Iterator[type[Record]]:
    for kind in of.__subclasses__():
        yield kind
        yield from records(kind)


def parts() -> Iterator[tuple[type[Record], Json]]:
    """Every record of a bundle with its properties in the schema of today."""
    schema = bundle_schema()
    kinds = {kind.__name__: kind for kind in records()}
    yield Bundle, schema["properties"]
    for name, definition in schema["$defs"].items():
        if name in kinds:
            yield kinds[name], definition.get("properties", {})


def values_in(part: Any) -> set[str]:  # noqa: ANN401 -- any part of a schema
    """The words that a property may have as its value."""
    if isinstance(part, list):
        return set[str]().union(*(values_in(one) for one in part))
    if not isinstance(part, dict):
        return set()
    said = {str(value) for value in part.get("enum", ())}
    said |= {str(part["const"])} if "const" in part else set()
    inner = (value for key, value in part.items() if key != "discriminator")
    return said.union(*(values_in(one) for one in inner))


def says_so(kind: type[Record], alias: str) -> bool:
    """Whether a record names a key as later, or looks at what is written."""
    names = [name for name, field in kind.model_fields.items() if (field.alias or name) == alias]
    looks = kind.later_keys is not Record.later_keys
    return looks or all(kind.SINCE_KEYS.get(name, 1) > 1 for name in names)


def test_every_record_of_the_language_is_looked_at() -> None:
    named = {kind.__name__ for kind, _ in parts()}
    assert {"Bundle", "Item", "StandardRule", "StartDay", "Elapsed", "Vocabulary"} <= named
    then = named | {WAS[name] for name in named & WAS.keys()}
    assert {name for name in FORMAT_1 if not name.startswith("Reading_")} <= then


def test_every_record_and_key_that_came_later_says_so() -> None:
    silent = []
    for kind, properties in parts():
        known = FORMAT_1.get(WAS.get(kind.__name__, kind.__name__))
        if kind.SINCE > 1:
            continue
        if known is None:
            silent.append(kind.__name__)
            continue
        for key, part in properties.items():
            later = key not in known or values_in(part) - set(known[key])
            if later and not says_so(kind, key) and (kind.__name__, key) not in KNOWN:
                silent.append(f"{kind.__name__}.{key}")
    assert silent == []


@pytest.mark.parametrize(
    ("term", "path"),
    [
        ({"kind": "date"}, "vocabulary.answers[0].kind"),
        ({"kind": "bool", "optional": True}, "vocabulary.answers[0].optional"),
    ],
)
def test_a_kind_of_answer_that_came_later_is_refused_in_format_1(term: Json, path: str) -> None:
    vocabulary = {"answers": [{"code": "noted_on", "label": "标记日", **term}]}
    with pytest.raises(BundleUnreadableError) as refused:
        province_book(format=1, vocabulary=vocabulary)
    assert [fault.path for fault in refused.value.faults] == [path]
