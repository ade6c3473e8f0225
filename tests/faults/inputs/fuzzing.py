"""Inputs steered by coverage to where a reader of ours has not been yet."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from medcounter.bundle.shipped import open_shipped
from medcounter.errors import MedCounterError
from medcounter.trust.envelope import verify
from tests.faults.inputs.fuzz_counts import COUNTS
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.support.store.store_samples import demo_roots, payload
from tests.unit.trust.test_trust_envelope import BAD_PACKAGES, PACKAGE

ROOT = Path(__file__).resolve().parents[3]
# What led to new places is kept, so that a later run begins there.
CORPUS = ROOT / "build" / "fuzz"
LONGEST = 4096
MOST_SHOWN = 5
BAD = ("forged and accepted", "exceptions without a sentence")


def steer(reader: str, inputs: int) -> Figures:
    """Give a reader so many inputs, begun from samples of what it reads."""
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        corpus, counts = CORPUS / reader, Path(room) / "counts"
        corpus.mkdir(parents=True, exist_ok=True)
        for number, sample in enumerate(samples(reader)):
            (corpus / f"sample-{number}").write_bytes(sample)
        words = ["-m", "tests.faults.inputs.fuzz_target", reader, str(counts), str(corpus)]
        limits = [f"-runs={inputs}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=4096"]
        done = subprocess.run(
            [sys.executable, *words, *limits], cwd=ROOT, capture_output=True, check=False
        )
        if done.returncode:
            sys.stderr.write(done.stderr.decode(errors="replace")[-3000:])
        given, accepted, broke = COUNTS.unpack(counts.read_bytes())
        for left in list(Path(room).glob(f"{reader}-*"))[:MOST_SHOWN]:
            sys.stderr.write(f"{reader}: no sentence for {left.read_bytes()[:300]!r}\n")
    # libFuzzer itself ends with an error when an input takes too long or too much memory.
    return {
        f"inputs to {reader}": given,
        "forged and accepted": accepted,
        "exceptions without a sentence": broke + (done.returncode != 0),
    }


def samples(reader: str) -> list[bytes]:
    """Where the inputs begin."""
    if reader == "envelope":
        return [PACKAGE, *(data for data, _ in BAD_PACKAGES.values() if len(data) < LONGEST)]
    if reader in {"payload", "strict_json"}:
        whole = json.loads(open_shipped().payload)
        small = {**json.loads(payload()), **{name: whole[name][:1] for name in _LISTS}}
        return [payload(), json.dumps(small, ensure_ascii=False).encode()]
    if reader == "facts":
        return [
            b'{"region":"360000","benefit_year":2025,"payment_date":"2025-03-05"}',
            b'{"region":"360000","benefit_year":2026,"categories":["student"],"events":[]}',
            b'{"insured_years":[2024],"birth_date":"2001-02-28","answers":{"plan":"a"}}',
            b'{"events":[{"kind":"graduated","date":"2025-07-01"}],"scheme":"flexible"}',
        ]
    texts = (
        "11010519491231002X",
        "2025-03-05",
        "二〇二五年三月五日",
        "昨天",
        "王小明",
        "2019-2024",
        "是",
    )
    return [text.encode() for text in texts]


_LISTS = ("regions", "sources", "programmes", "examples")


def refuse_table() -> Figures:
    """Refuse every bad package of the table, each for its own reason."""
    figures = {
        "packages of the table": 0,
        "forged and accepted": 0,
        "refused for another reason": 0,
    }
    for data, expected in BAD_PACKAGES.values():
        figures["packages of the table"] += 1
        try:
            verify(data, demo_roots())
        except MedCounterError as err:
            figures["refused for another reason"] += not isinstance(err, expected)
        else:
            figures["forged and accepted"] += 1
    return figures
