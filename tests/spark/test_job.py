"""The job of docs/examples/spark, run by a local Spark, answers as one machine does."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from medcounter.assess.facts import Facts
from medcounter.bundle.shipped import open_shipped
from medcounter.roster.arrow import ANSWERS, FACTS, KEY, batch_function, facts_row

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "docs" / "examples" / "spark" / "assess_province.py"
RESIDENTS = 100_000
IDENTITIES = ((), (), (), ("low-income",), ("destitute",), ("severely-disabled",))


def residents() -> list[Facts]:
    """An invented hundred thousand of two provinces and both schemes' years."""
    chance = random.Random(5)  # noqa: S311 -- the same residents each time
    made = []
    for _ in range(RESIDENTS):
        lapsed = chance.randrange(3)
        made.append(
            Facts(
                region=chance.choice(("360000", "361000")),
                benefit_year=2026,
                payment_date=date(2025, 9, 1) + timedelta(days=chance.randrange(400)),
                birth_date=date(1936, 1, 1) + timedelta(days=chance.randrange(32_000)),
                categories=chance.choice(IDENTITIES),
                insured_years=chance.choice((None, tuple(range(2020, 2026 - lapsed)))),
            )
        )
    return made


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark runs on Java")
def test_a_hundred_thousand_rows_are_answered_to_the_byte(tmp_path: Path) -> None:
    shipped = open_shipped()
    rows = [facts_row(f"{number:06d}", facts) for number, facts in enumerate(residents())]
    table = pa.Table.from_pylist(rows, schema=FACTS)
    source, destination, bundle = (
        tmp_path / "in.parquet",
        tmp_path / "out.parquet",
        tmp_path / "bundle",
    )
    pq.write_table(table, source)
    bundle.write_bytes(shipped.payload)
    words = [bundle, shipped.sha256, source, destination]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(tmp_path),
    }
    command = [sys.executable, str(JOB), *map(str, words)]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    spread = pq.read_table(destination).sort_by(KEY).cast(ANSWERS)
    function = batch_function(shipped.payload, shipped.sha256)
    alone = pa.Table.from_batches(function(table.to_batches(10_000)), schema=ANSWERS)
    assert spread.num_rows == RESIDENTS
    assert _hash(spread) == _hash(alone)
    assert set(spread.column("bundle_sha256").to_pylist()) == {shipped.sha256}


def _hash(table: pa.Table) -> str:
    """Hash what the rows say; how a file cuts them is no part of it."""
    told = hashlib.sha256()
    for row in table.to_pylist():
        told.update(repr(row).encode())
    return told.hexdigest()
