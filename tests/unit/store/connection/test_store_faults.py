"""What was acknowledged survives kills and failing disks, and no wrong word is said."""

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from medcounter.store import store_errors
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.support.store.store_samples import AT, notice, paper

if sys.platform == "win32":
    pytest.skip("kills and file limits are POSIX", allow_module_level=True)

import resource

ROOT = Path(__file__).resolve().parents[4]
KILLS = 20
# A process that has everything imported; each line it reads starts one more counter.
COUNTERS = """
import itertools, os, sys
from pathlib import Path
from medcounter.store.opening.open_store import open_store
from tests.support.store.store_samples import AT, notice, paper
for run in sys.stdin:
    counter = os.fork()
    if counter == 0:
        store = open_store(Path(sys.argv[1]))
        for click in itertools.count():
            stored = store.ledger.issue(notice(f"{run.strip()}-{click}"), paper)
            os.write(1, f"ACK {stored.number}\\n".encode())
    os.write(1, f"PID {counter}\\n".encode())
    os.waitpid(counter, 0)
    os.write(1, b"GONE\\n")
"""


def run_and_kill(counters: subprocess.Popen[str], run: int, chance: random.Random) -> list[str]:
    """Let a counter issue notices, kill it in the middle of one, give what it acknowledged."""
    assert counters.stdin is not None
    assert counters.stdout is not None
    counters.stdin.write(f"{run}\n")
    counters.stdin.flush()
    said: list[str] = []
    wanted = chance.randint(1, 6)
    counter = None
    while counter is None or sum(line.startswith("ACK") for line in said) < wanted:
        said.append(counters.stdout.readline().strip())
        if said[-1].startswith("PID"):
            counter = int(said[-1].split()[1])
    # Up to some milliseconds into the next transaction, or until one more is acknowledged.
    select.select([counters.stdout], [], [], chance.uniform(0, 0.004))
    os.kill(counter, signal.SIGKILL)
    while said[-1] != "GONE":
        said.append(counters.stdout.readline().strip())
    return [line.split()[1] for line in said if line.startswith("ACK")]


def test_no_acknowledged_notice_is_lost_by_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    open_store(folder).close()
    chance = random.Random(20250305)  # noqa: S311 - a repeatable choice of moments
    acknowledged: list[str] = []
    command = [sys.executable, "-c", COUNTERS, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1, text=True) as counters:
        for run in range(KILLS):
            acknowledged += run_and_kill(counters, run, chance)
            store = open_store(folder)
            last = store.ledger.last()
            assert last is not None
            assert last.number >= acknowledged[-1]
            assert last.document == paper(last.number)
            store.close(with_backup=False)
        assert counters.stdin is not None
        counters.stdin.close()
    store = open_store(folder)
    total = store.ledger.search(limit=0).total
    numbers = [entry.number for entry in store.ledger.search(limit=total).rows]
    assert numbers == [f"2025-03-{sequence:06d}" for sequence in range(total, 0, -1)]
    assert set(acknowledged) <= set(numbers)
    # At most one a kill was stored and not acknowledged any more.
    assert len(acknowledged) <= total <= len(acknowledged) + KILLS
    assert [fault for fault in store.ledger.verify() if fault] == []
    store.close(with_backup=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A ledger large enough that a file limit can lie in its middle."""
    opened = open_store(tmp_path / "data")
    chance = random.Random(1)  # noqa: S311 - bytes that do not compress
    for request in range(1, 41):
        opened.ledger.issue(notice(request), lambda _number: chance.randbytes(9000))
    yield opened
    opened.close(with_backup=False)


@contextmanager
def file_limit(*, lifted_by_first_failure: bool) -> Iterator[None]:
    """Give back the limit on file sizes in the end, or as soon as a write failed."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def lift(*_signal: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    handled = signal.signal(signal.SIGXFSZ, lift if lifted_by_first_failure else signal.SIG_IGN)
    try:
        yield
    finally:
        lift()
        signal.signal(signal.SIGXFSZ, handled)


def failing_from(limit: int, number: str) -> bytes:
    """Compose the paper, and let writes beyond a limit fail from now on."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    return paper(number) + os.urandom(20_000)


def ledger_bytes(store: Store) -> int:
    return store._ledger.path.stat().st_size  # noqa: SLF001 - the file to be broken


def test_a_commit_that_fails_once_is_looked_up_and_said_not_to_be_stored(store: Store) -> None:
    limit = ledger_bytes(store)
    with (
        file_limit(lifted_by_first_failure=True),
        pytest.raises(store_errors.DiskFaultError, match="没有保存"),
    ):
        store.ledger.issue(notice(41), lambda number: failing_from(limit, number))
    assert store.ledger.by_request("request-41") is None
    assert store.ledger.issue(notice(41), paper).number == "2025-03-000041"
    assert [fault for fault in store.ledger.verify() if fault] == []


def test_a_disk_that_goes_on_failing_leaves_the_fate_open_and_says_so(store: Store) -> None:
    with (
        file_limit(lifted_by_first_failure=False),
        pytest.raises(store_errors.FateUnknownError, match="此笔结果待核对"),
    ):
        store.ledger.issue(notice(41), lambda number: failing_from(100_000, number))
    # The disk works again: the ledger itself says what became of it, and goes on.
    assert store.ledger.by_request("request-41") is None
    assert store.ledger.issue(notice(41), paper).number == "2025-03-000041"
    assert [fault for fault in store.ledger.verify() if fault] == []


def test_a_check_under_way_ends_when_a_fault_has_the_file_opened_anew(store: Store) -> None:
    check = store.ledger.verify()
    assert next(check) is None
    store.ledger._connection.reopen()  # noqa: SLF001 - what a failed commit does
    with pytest.raises(store_errors.StoreError):
        list(check)
    assert [fault for fault in store.ledger.verify() if fault] == []


def test_a_disk_with_little_space_takes_no_new_notice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Usage(199_999_999))
    with pytest.raises(store_errors.DiskFullError, match="只剩 199 MB，没有出单"):
        store.ledger.issue(notice(41), paper)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Usage(200_000_000))
    assert store.ledger.issue(notice(41), paper).number == "2025-03-000041"


def test_a_flipped_byte_is_found_and_never_read_as_another_notice(
    store: Store, tmp_path: Path
) -> None:
    store.close(with_backup=False)
    path = tmp_path / "data" / "ledger.db"
    good = path.read_bytes()
    chance = random.Random(3)  # noqa: S311 - a repeatable choice of bytes
    for index in [chance.randrange(len(good)) for _ in range(40)]:
        spoilt = bytearray(good)
        spoilt[index] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        with pytest.raises(store_errors.StoreError):
            read_everything(tmp_path / "data")
    path.write_bytes(good)
    read_everything(tmp_path / "data")


def read_everything(folder: Path) -> None:
    """Open a ledger and let it verify itself: every link, every page, every free place."""
    opened = open_store(folder)
    try:
        assert opened.read_only == ""
        faults = [fault for fault in opened.ledger.verify() if fault]
        if faults:
            raise store_errors.StoreDamagedError(faults[0].text)
    finally:
        opened.close(with_backup=False)


@contextmanager
def failing_after_commit(store: Store) -> Iterator[None]:
    """Let the disk fail once, right after the next commit, as a read back may."""
    connection = store._ledger  # noqa: SLF001 - nothing else comes between commit and read
    follow = connection.committed

    def fail(_database: object) -> None:
        connection.committed = follow
        raise store_errors.DiskFaultError

    connection.committed = fail
    yield
    assert connection.committed is follow


def test_a_notice_that_cannot_be_read_back_at_first_is_given_and_not_called_lost(
    store: Store,
) -> None:
    with failing_after_commit(store):
        issued = store.ledger.issue(notice(41), paper)
    assert issued.number == "2025-03-000041"
    assert issued.document == paper(issued.number)


def test_a_void_that_cannot_be_read_back_at_first_is_a_void(store: Store) -> None:
    with failing_after_commit(store):
        stored = store.ledger.void("2025-03-000007", "重复出单", AT, "王丽")
    assert (stored.state, stored.void_reason) == ("void", "重复出单")
    with pytest.raises(store_errors.NoticeVoidError):
        store.ledger.void("2025-03-000007", "重复出单", AT, "王丽")


def test_a_further_print_is_counted_once_though_the_disk_failed_after_it(store: Store) -> None:
    with failing_after_commit(store):
        assert store.ledger.add_print("2025-03-000007", AT, "王丽") == 2
    assert len(store.ledger.find("2025-03-000007").prints) == 2


def test_a_step_that_was_kept_is_not_called_lost_though_the_disk_failed_after_it(
    store: Store,
) -> None:
    numbers = ("2025-03-000007", "2025-03-000008")
    with failing_after_commit(store):
        assert store.corrections.mark_entered(numbers, AT, "王丽", entered=True) == 2
    assert store.corrections.mark_entered(numbers, AT, "王丽", entered=True) == 0
    with failing_after_commit(store):
        store.ledger.mark_prints([(numbers[0], 1)], AT, "王丽", ok=False)
    assert store.ledger.find(numbers[0]).prints[0].state == "failed"
    with failing_after_commit(store):
        assert store.runs.void_chosen(numbers, "重复出单", AT, "王丽") == numbers
    assert store.runs.void_chosen(numbers, "重复出单", AT, "王丽") == ()
    void = NewEvent("void", AT, "王丽", detail={"reason": "更正"})
    with failing_after_commit(store):
        store.corrections.correct("2025-03-000009", b"{}", void)
    assert store.ledger.find("2025-03-000009").void_reason == "更正"


def test_a_step_whose_file_cannot_be_opened_again_is_said_to_be_open(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise store_errors.StoreUnreachableError

    monkeypatch.setattr(store._ledger, "reopen", refuse)  # noqa: SLF001 - as above
    numbers = ("2025-03-000007", "2025-03-000008")
    with (
        failing_after_commit(store),
        pytest.raises(store_errors.FateUnknownError, match="000007 等 2 张 的这一步待核对"),
    ):
        store.runs.void_chosen(numbers, "重复出单", AT, "王丽")
    monkeypatch.undo()


def test_memory_that_runs_out_in_a_transaction_undoes_it_and_says_so(store: Store) -> None:
    def starve(_number: str) -> bytes:
        raise MemoryError

    with pytest.raises(store_errors.MemoryShortError, match="内存不足"):
        store.ledger.issue(notice(41), starve)
    assert store.ledger.issue(notice(41), paper).number == "2025-03-000041"
