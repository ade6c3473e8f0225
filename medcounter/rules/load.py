"""Load bytes into a checked bundle: every error is reported with its path.

Joins the parts of a bundle folder and parses the joined document. Opens no
file itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from medcounter.rules.bundle import Bundle
from medcounter.rules.check import check_bundle
from medcounter.rules.faults import BundleUnreadableError, Fault, faults_of, nearest
from medcounter.rules.schema import bundle_schema
from medcounter.rules.values import Record
from medcounter.strict_json import StrictJsonError, canonical, read_strict

HEADER = "bundle.json"
NEWEST_FORMAT = 2
_LISTS = ("regions", "sources", "programmes", "examples")
MAX_BYTES = 20 * 1024 * 1024


def read_bundle(data: bytes) -> Bundle:
    """Read a raw bundle and refuse everything that is not as it should be.

    Checks shape, names and references. The proof of no gap and no overlap is
    ``proof.prove``, run before a bundle is activated.

    Args:
        data: One JSON document, UTF-8.

    Raises:
        BundleUnreadableError: With all faults found, first by shape, then by
            meaning.
    """
    if len(data) > MAX_BYTES:
        raise BundleUnreadableError([Fault("", f"文件有 {len(data)} 字节，超过 {MAX_BYTES}。")])
    try:
        document = read_strict(data)
    except StrictJsonError as err:
        raise BundleUnreadableError([Fault("", err.text)]) from err
    try:
        bundle = Bundle.model_validate(document)
    except ValidationError as err:
        raise BundleUnreadableError(faults_of(err, document, bundle_schema())) from err
    if faults := [*written_later(bundle), *check_bundle(bundle)]:
        raise BundleUnreadableError(faults)
    return bundle


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
        else:
            yield from _later(key, getattr(value, name), bundle_format)


def _newer(path: str, since: int, bundle_format: int) -> Fault:
    text = (
        f"这种写法从格式 {since} 起才有，本规则包的 format 写的是 {bundle_format}；"
        f"请改用格式 {since}，或换一种写法。"
    )
    return Fault(path, text)


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
    whole: dict[str, Any] = _read_part(HEADER, parts[HEADER])
    faults = []
    for name in sorted(parts):
        if name == HEADER:
            continue
        for key, value in _read_part(name, parts[name]).items():
            if key not in _LISTS or not isinstance(value, list):
                faults.append(Fault(f"{name}:{key}", f"不认识的键“{key}”。" + nearest(key, _LISTS)))
                continue
            whole[key] = [*whole.get(key, []), *value]
    if faults:
        raise BundleUnreadableError(faults)
    return canonical(whole)


def _read_part(name: str, data: bytes) -> dict[str, Any]:
    try:
        part = read_strict(data)
    except StrictJsonError as err:
        raise BundleUnreadableError([Fault(name, err.text)]) from err
    if not isinstance(part, dict):
        raise BundleUnreadableError([Fault(name, "内容应是一个 JSON 对象。")])
    return part
