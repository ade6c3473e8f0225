"""A file that says what cannot be is refused with a sentence, however well it is sealed."""

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.gather.desks import confirm
from medcounter.gather.gather_errors import GatherError
from medcounter.gather.gathering_folder import open_gathering_folder
from medcounter.store.store_errors import AuditFileUnreadableError
from medcounter.strict_json import canonical, read_strict
from medcounter.trust import export_seal
from tests.faults.inputs.strange_ledgers import BAD, SAMPLES, SEED, forge, sealed
from tests.support.desk.counter_samples import OPENED_AT, Counter, open_counter
from tests.support.store.gather_samples import read_ledger

OF_BEFORE = Path(__file__).parents[2] / "data" / "ledgers" / "exported-version-1"


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "gathered"


MALFORMED: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a void of no notice": lambda lines: [
        re.sub(rb'("void","2025-03-05T09:03:00.08:00",)3', rb"\g<1>7", line) for line in lines
    ],
    "a time that is none": lambda lines: [
        line.replace(b"2025-03-05T09:01:00+08:00", b"some day") for line in lines
    ],
    "an event of another width": lambda lines: [lines[0], b'{"event":[1,"issue"]}\n', *lines[1:]],
    "numbers of a restore that are none": lambda lines: [
        *lines,
        b'{"event":[8,"restore","x",null,null,"","{\\"numbers_used\\":[\\"a-b\\",7]}","m"]}\n',
    ],
    "a notice of a list": lambda lines: [
        line.replace(b'"notice":[1,', b'"notice":[[1],') for line in lines
    ],
    "a party of numbers": lambda lines: [re.sub(rb'"party":\[.*', b'"party":7}', x) for x in lines],
    "no party": lambda lines: [re.sub(rb',"party":\[.*', b"}", line) for line in lines],
    "a row that is null": lambda lines: [*lines, b"null\n"],
    "deep nesting": lambda lines: [*lines, b"[" * 5000 + b"\n"],
    "nothing": lambda _: [],
    "a head of a list": lambda lines: [
        lines[0].replace(b'"head":"', b'"head":["x"],"h":"'),
        *lines[1:],
    ],
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("version", ["whole", "today"])
def test_a_malformed_file_of_a_known_desk_is_refused_with_a_sentence(
    tmp_path: Path, destination: Path, change: Callable[[list[bytes]], list[bytes]], version: str
) -> None:
    """Sealed by a key that is on the list, so that the seal holds."""
    shutil.copytree(OF_BEFORE, tmp_path / "data")
    path = tmp_path / "data" / "whole.audit"
    if version == "today":
        here = Counter(open_counter(tmp_path / "data").desk)
        path.write_bytes(b"".join(here.desk.register.export_audit(here.clock(), masked=False)))
        here.desk.close()
    lines = change(path.read_bytes().splitlines(keepends=True)[:-1])
    bad = tmp_path / "bad.audit"
    bad.write_bytes(sealed(lines) if lines else b"")
    confirm(
        destination, [(export_seal.fingerprint(export_seal.public_half(SEED)), "坏的")], OPENED_AT
    )
    with suppress(GatherError, AuditFileUnreadableError):
        open_gathering_folder(destination).take_in(bad)
    assert open_gathering_folder(destination).faults == []


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_value_anywhere_is_a_file_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    lines = [read_strict(line) for line in sample.read_bytes().splitlines()]
    place = data.draw(st.integers(0, len(lines) - 2))
    lines[place] = changed(lines[place], data)
    text = [canonical(line) + b"\n" for line in lines[:-1]]
    path = tmp_path / "any.audit"
    path.write_bytes(sealed(text) if place else b"".join(text))
    with suppress(GatherError, AuditFileUnreadableError):
        read_ledger(path)


def changed(value: object, data: st.DataObject) -> object:
    """Put anything in place of one thing inside a value."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(sorted(value)))
        return value | {key: changed(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], changed(value[place], data), *value[place + 1 :]]
    return data.draw(ANYTHING)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text('a0-:{}[]"', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=4,
)


def test_a_hundred_strangers_keep_no_desk_out() -> None:
    figures = forge(100)
    assert figures == {"forged files": 100, **dict.fromkeys(BAD, 0)}
