"""A whole assessment beside that of version 0.1.0, in one run, in turn."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from tests.bench.report import tell

ROOT = Path(__file__).resolve().parents[2]
# The last commit of 0.1.0, before what 0.2.0 is made of.
EARLIER = "7ca164afefae"
ROUNDS = 40
# Of the time that 0.1.0 takes.
MOST = {"late": 0.4, "lapsed": 0.4, "veteran": 0.4}


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of 0.1.0."""
    archive = subprocess.run(
        ["git", "archive", EARLIER, "medcounter", "resources/bundles"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        pytest.skip("the history has no 0.1.0")
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tree:
        tree.extractall(folder, filter="data")
    return folder


def timed(tree: Path, running: ExitStack) -> Iterator[dict[str, float]]:
    """Yield round after round of a tree's times, as they are asked for."""
    process = running.enter_context(
        subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("assess_rounds.py"))],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    assert process.stdin is not None
    assert process.stdout is not None
    running.callback(process.stdin.close)
    while True:
        process.stdin.write("\n")
        process.stdin.flush()
        yield json.loads(process.stdout.readline())


def test_an_answer_takes_less_than_half_of_what_it_took(
    request: pytest.FixtureRequest, earlier: Path
) -> None:
    with ExitStack() as running:
        before, now = timed(earlier, running), timed(ROOT, running)
        next(before), next(now)
        rounds = [(next(before), next(now)) for _ in range(ROUNDS)]
    ratios = {name: median(now[name] / before[name] for before, now in rounds) for name in MOST}
    for name, ratio in ratios.items():
        took = median(now[name] for _, now in rounds)
        tell(
            request, f"{name}: {took:.0f} us of work, {ratio:.2f} of 0.1.0's (at most {MOST[name]})"
        )
    assert {name for name, ratio in ratios.items() if ratio > MOST[name]} == set()
