"""One reader of ours under coverage-guided inputs, in a process of its own.

Usage: ``python -m tests.faults.inputs.fuzz_target READER COUNTS CORPUS -runs=N …``;
the rest is libFuzzer's. Counts inputs, inputs accepted and exceptions that
have no sentence in the file COUNTS, as three numbers; goes on after each.
"""

import hashlib
import mmap
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

import atheris  # type: ignore[import-untyped] # no types exist

INCLUDED = [
    "medcounter.assess.read_facts",
    "medcounter.bundle.signed_package",
    "medcounter.dates",
    "medcounter.identity",
    "medcounter.rules.checking.check",
    "medcounter.rules.faults",
    "medcounter.rules.load",
    "medcounter.strict_json",
    "medcounter.trust.envelope",
    "securesystemslib.dsse",
]
with atheris.instrument_imports(include=INCLUDED):
    from medcounter.assess.read_facts import read_facts
    from medcounter.bundle.signed_package import open_package
    from medcounter.errors import MedCounterError
    from medcounter.identity.id_number import read_id
    from medcounter.identity.names import read_name
    from medcounter.identity.pinyin import is_spelling, spellings
    from medcounter.rules.load import read_bundle
    from medcounter.strict_json import canonical, read_strict
    from medcounter.typed.typed_answers import read_answer
    from medcounter.typed.typed_date import read_typed_date
    from tests.faults.inputs.fuzz_counts import COUNTS
    from tests.support.desk.desk_samples import shipped_book
    from tests.support.store.store_samples import demo_roots
    from tests.unit.trust.test_trust_envelope import PAYLOAD


ON = date(2025, 3, 5)
ROOTS = demo_roots()
Reader = Callable[[bytes], bool]


def envelope(data: bytes) -> bool:
    """A signed file: accepted when it opens with a payload that was never signed."""
    return open_package(data, ROOTS, None).payload != PAYLOAD


def payload(data: bytes) -> bool:
    """The bundle behind the signatures: nothing may come out but a bundle or a refusal."""
    read_bundle(data)
    return False


def strict_json(data: bytes) -> bool:
    """JSON: accepted when a second reading of what it says gives something else."""
    value = read_strict(data)
    return read_strict(canonical(value)) != value


def facts(data: bytes) -> bool:
    """A file of facts: an answer or problems."""
    read_facts(read_strict(data), shipped_book())
    return False


def typed(data: bytes) -> bool:
    """What is typed into a field: number, name, date, answer, spelling."""
    text = data.decode(errors="replace")
    read_id(text)
    spellings(read_name(text).text[:12])
    is_spelling(text)
    for kind in ("bool", "count", "years", "text"):
        _perhaps(lambda kind=kind: read_answer(kind, "答案", text))  # type: ignore[misc] # called now
    read_typed_date(text, ON)
    return False


READERS: dict[str, Reader] = {
    "envelope": envelope,
    "payload": payload,
    "strict_json": strict_json,
    "facts": facts,
    "typed": typed,
}


def _perhaps(read: Callable[[], object]) -> None:
    try:
        read()
    except MedCounterError:
        return


def main() -> None:
    """Give libFuzzer the reader that was asked for."""
    reader, path = READERS[sys.argv[1]], Path(sys.argv[2])
    path.write_bytes(bytes(COUNTS.size))
    file = path.open("r+b")
    shared = mmap.mmap(file.fileno(), COUNTS.size)
    totals = [0, 0, 0]

    def one_input(data: bytes) -> None:
        totals[0] += 1
        try:
            totals[1] += reader(data)
        except MedCounterError:
            pass
        except Exception:  # noqa: BLE001 - whatever else comes out is what we look for
            totals[2] += 1
            name = hashlib.sha256(data).hexdigest()[:16]
            path.with_name(f"{sys.argv[1]}-{name}").write_bytes(data)
            sys.stderr.write(traceback.format_exc())
        COUNTS.pack_into(shared, 0, *totals)

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
