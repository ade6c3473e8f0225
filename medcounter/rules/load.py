"""Load bytes into a checked bundle: every error is reported with its path.

Joins the parts of a bundle folder and parses the joined document. Opens no
file itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import ValidationError

from medcounter.json_path import parse_path
from medcounter.rules.bundle import Bundle, Example, Programme
from medcounter.rules.checking.blanks import BLANK_MARK, unfilled
from medcounter.rules.checking.check import check_bundle
from medcounter.rules.checking.derived_days import fill_derived_days, is_strict
from medcounter.rules.checking.schema import LISTS, bundle_schema
from medcounter.rules.checking.sound_rest import SoundRest, sound_rest
from medcounter.rules.code_labels import nearest
from medcounter.rules.faults import BundleUnreadableError, Fault, faults_of
from medcounter.rules.known_records import known_record
from medcounter.rules.later_read import LaterRead
from medcounter.rules.values import Record, hangs_on_month
from medcounter.strict_json import StrictJsonError, canonical, read_strict

HEADER = "bundle.json"
NEWEST_FORMAT = 2
MAX_BYTES = 20 * 1024 * 1024


def read_bundle(data: bytes) -> Bundle:
    """Read a raw bundle and refuse everything that is not as it should be.

    Checks shape, names and references. The proof of no gap and no overlap is
    ``proof.prove``, run before a bundle is activated.

    Args:
        data: One JSON document, UTF-8.

    Raises:
        BundleUnreadableError: With all faults found, first by shape, then by
            meaning of what has its shape.
    """
    found = read_what_can(data)
    if found.faults or found.bundle is None:
        raise BundleUnreadableError(found.faults)
    return found.bundle


def read_known(data: bytes) -> Bundle:
    """Read a bundle that was read whole before, each programme when it is asked for.

    Args:
        data: The very bytes that ``read_bundle`` once took, of this program or an
            earlier one: the shape is checked again, the meaning is not.
    """
    return _read_later(data, lambda kind, written: kind.model_validate(written))


def read_shipped(data: bytes) -> Bundle:
    """Read the bundle that this very program was built with, as ``read_known`` does.

    Args:
        data: Its bytes, known by their hash; nothing is checked again.
    """
    return _read_later(data, known_record)


def _read_later(data: bytes, make: Callable[[type[Any], Any], Any]) -> Bundle:
    document = json.loads(data)
    fill_derived_days(document)
    later = {
        "programmes": LaterRead(document["programmes"], partial(make, Programme)),
        "examples": LaterRead(document.get("examples", []), partial(make, Example)),
    }
    head: Bundle = make(Bundle, {**document, "programmes": [], "examples": []})
    return head.model_copy(update=later)


@dataclass(frozen=True, slots=True)
class ReadBundle:
    """What could be read of a bundle, and everything wrong with the rest.

    Attributes:
        bundle: The whole; or what is left without misshapen records; None where
            nothing can be read.
        faults: By shape, then by meaning; empty when all is well.
        sound: Places in ``bundle`` of the programmes without any fault.
        rest: How to speak of what is left; None where it is the whole.
    """

    bundle: Bundle | None
    faults: tuple[Fault, ...]
    sound: frozenset[int] = frozenset()
    rest: SoundRest | None = None


def read_what_can(data: bytes) -> ReadBundle:
    """Read a raw bundle and gather all faults that do not follow from one another.

    Args:
        data: One JSON document, UTF-8.
    """
    if len(data) > MAX_BYTES:
        return ReadBundle(None, (Fault("", f"文件有 {len(data)} 字节，超过 {MAX_BYTES}。"),))
    try:
        document = read_strict(data)
    except StrictJsonError as err:
        return ReadBundle(None, (Fault("", err.text),))
    # Every start reads the rules in use, which have none: the bytes tell it at once.
    return read_decoded(document, may_have_blanks=BLANK_MARK in data)


def read_decoded(
    document: object, *, may_have_blanks: bool = True, sound: AbstractSet[int] = frozenset()
) -> ReadBundle:
    """Read a bundle's decoded document, as ``read_what_can`` does.

    Args:
        document: The JSON, in which derived days are filled in place. Records that were
            read before may stand in its lists; they are taken as they are.
        may_have_blanks: Whether blanks of ``bundle new`` are looked for.
        sound: Places of programmes that were checked before with all they inherit.
    """
    fill_derived_days(document)
    may_have = is_strict(document) and may_have_blanks
    blanks = tuple(unfilled(document)) if may_have else ()
    try:
        bundle = Bundle.model_validate(document)
    except ValidationError as err:
        named = {fault.path for fault in blanks}
        shape = faults_of(err, document, bundle_schema())
        others = [fault for fault in shape if fault.path not in named]
        return read_rest(document, (*blanks, *others))
    if blanks:
        return read_rest(document, blanks)
    faults = (*written_later(bundle), *check_bundle(bundle, sound))
    return ReadBundle(bundle, faults, _sound(bundle, faults))


def read_rest(document: object, faults: tuple[Fault, ...]) -> ReadBundle:
    """Check by meaning what has its shape.

    Args:
        document: The decoded JSON.
        faults: What was found misshapen or blank in it.
    """
    rest = sound_rest(document, faults)
    if rest is None:
        return ReadBundle(None, faults)
    try:
        bundle = Bundle.model_validate(rest.document)
    except ValidationError:
        return ReadBundle(None, faults)
    found = (*written_later(bundle), *check_bundle(bundle))
    meant = [fault for fault in found if rest.independent(fault)]
    gone = rest.places.get(("programmes",), list(range(len(bundle.programmes))))
    touched = {now for now, then in enumerate(gone) if then in rest.touched}
    sound = _sound(bundle, meant) - touched
    return ReadBundle(bundle, (*faults, *map(rest.restored, meant)), sound, rest)


def _sound(bundle: Bundle, faults: Iterable[Fault]) -> frozenset[int]:
    """Name the places of the programmes in which no fault lies."""
    paths = [parse_path(fault.path) for fault in faults]
    faulty = {steps[1] for steps in paths if steps[:1] == ("programmes",) and len(steps) > 1}
    return frozenset(range(len(bundle.programmes))) - faulty


def written_later(bundle: Bundle) -> Iterator[Fault]:
    """List what a bundle of an earlier format uses that only a later one has.

    An answer under an earlier format is that of the engine of its time, which
    never met what came later.
    """
    if bundle.format < NEWEST_FORMAT:
        yield from _later("", bundle, bundle.format)


def _later(path: str, value: object, bundle_format: int) -> Iterator[Fault]:
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _later(f"{path}[{number}]", part, bundle_format)
    if not isinstance(value, Record):
        return
    if bundle_format < value.SINCE:
        yield _newer(path, value.SINCE, bundle_format)
        return
    fields, later = type(value).model_fields, value.later_keys()
    for name in sorted(value.model_fields_set):
        key = f"{path}.{fields[name].alias or name}".lstrip(".")
        if later.get(name, 1) > bundle_format:
            yield _newer(key, later[name], bundle_format)
        elif hangs_on_month(getattr(value, name)):
            yield _newer(key, NEWEST_FORMAT, bundle_format)
        else:
            yield from _later(key, getattr(value, name), bundle_format)


def _newer(path: str, since: int, bundle_format: int) -> Fault:
    text = (
        f"这种写法从格式 {since} 起才有，本规则包的 format 写的是 {bundle_format}；"
        f"请改用格式 {since}，或换一种写法。"
    )
    return Fault(path, text)


def cited_in(document: object) -> Iterator[str]:
    """Name the sources that rules cite, of a document as it was decoded."""
    if isinstance(document, dict):
        for key, inner in document.items():
            if key == "source" and isinstance(inner, str):
                yield inner
            else:
                yield from cited_in(inner)
    elif isinstance(document, list):
        for inner in document:
            yield from cited_in(inner)


def join_parts(parts: Mapping[str, bytes]) -> bytes:
    """Join a folder's parts into the one document that is signed.

    ``bundle.json`` is the header; each other part adds to the lists of
    regions, sources, programmes and examples, in the order of file names.

    Args:
        parts: File name to bytes.

    Returns:
        Canonical JSON: sorted keys, no spaces, UTF-8.

    Raises:
        BundleUnreadableError: A part is no JSON object, has a key that no
            part may have, or the header is missing.
    """
    if HEADER not in parts:
        raise BundleUnreadableError([Fault("", f"规则包文件夹里缺少 {HEADER}。")])
    read = {name: _read_part(name, parts[name]) for name in sorted(parts)}
    faults = [part for part in read.values() if isinstance(part, Fault)]
    objects = {name: part for name, part in read.items() if not isinstance(part, Fault)}
    whole: dict[str, Any] = objects.pop(HEADER, {})
    for name, part in objects.items():
        for key, value in part.items():
            if key not in LISTS or not isinstance(value, list):
                place = f"{name}:{key}"
                text = f"不认识的键“{key}”。{nearest(key, LISTS)}"
                faults.append(Fault(place, text, place=f"{name}，{key}"))
                continue
            whole[key] = [*whole.get(key, []), *value]
    if faults:
        raise BundleUnreadableError(faults)
    return canonical(whole)


def _read_part(name: str, data: bytes) -> dict[str, Any] | Fault:
    try:
        part = read_strict(data)
    except StrictJsonError as err:
        return Fault(name, err.text, place=name)
    if not isinstance(part, dict):
        return Fault(name, "内容应是一个 JSON 对象。", place=name)
    return part
