"""Wrong tries are counted over restarts, and waiting needs no clock anyone can set."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.trust.attempts import LOST_COUNTS_AS, WAITS, Attempts


@dataclass
class Stopwatch:
    """A clock that goes on when it is told to."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sign-in.json"


def started(path: Path, watch: Stopwatch) -> Attempts:
    tries = Attempts(path, clock=watch)
    tries.begin(["", "a", "b"])
    return tries


def test_the_first_two_slips_cost_nothing_and_then_it_takes_longer_each_time(
    path: Path, watch: Stopwatch
) -> None:
    tries = started(path, watch)
    waited = []
    for _ in range(len(WAITS) + 3):
        waited.append(tries.wait("a"))
        watch.seconds += waited[-1]
        tries.record_attempt("a")
    assert waited == [0, 0, 0, 5, 15, 30, 60, 120, 300, 600, 900, 900, 900, 900]


def test_waiting_ends_by_time_alone(path: Path, watch: Stopwatch) -> None:
    tries = started(path, watch)
    for _ in range(3):
        tries.record_attempt("a")
    assert tries.wait("a") == 5
    watch.seconds += 4.5
    assert tries.wait("a") == 1
    watch.seconds += 0.5
    assert tries.wait("a") == 0


def test_after_a_restart_the_whole_delay_begins_anew(path: Path, watch: Stopwatch) -> None:
    tries = started(path, watch)
    for _ in range(4):
        tries.record_attempt("a")
    watch.seconds += 14
    assert tries.wait("a") == 1
    again = Attempts(path, clock=Stopwatch(0.0))
    assert again.wait("a") == 15


def test_a_try_seen_by_another_program_starts_the_delay_here_too(
    path: Path, watch: Stopwatch
) -> None:
    tries, other = started(path, watch), Attempts(path, clock=watch)
    for _ in range(3):
        tries.record_attempt("a")
    watch.seconds += 5
    assert tries.wait("a") == 0
    other.record_attempt("a")
    assert tries.wait("a") == 15


def test_a_right_secret_ends_the_waiting_of_that_clerk_only(path: Path, watch: Stopwatch) -> None:
    tries = started(path, watch)
    for name in ("a", "a", "a", "b", "b", "b"):
        tries.record_attempt(name)
    tries.record_attempt("b")
    tries.record_success("b")
    assert (tries.wait("a"), tries.wait("b")) == (5, 0)
    assert tries.unlogged() == {"a": 3, "b": 3}


@pytest.mark.parametrize(
    "damage", [None, b"", b"{}", b'{"format":1,"tries":{"a":[-1,0]}}', b"\xff"]
)
def test_a_lost_or_damaged_file_counts_as_many_tries(
    path: Path, watch: Stopwatch, damage: bytes | None
) -> None:
    started(path, watch)
    path.unlink() if damage is None else path.write_bytes(damage)
    tries = Attempts(path, clock=watch)
    assert tries.wait("a") == WAITS[LOST_COUNTS_AS] == 300
    watch.seconds += 300
    tries.record_attempt("a")
    assert tries.wait("a") == 600
    assert tries.wait("b") == 300


def test_deleting_the_file_after_each_try_gains_nothing(path: Path, watch: Stopwatch) -> None:
    tries = started(path, watch)
    waited = 0
    for _ in range(20):
        path.unlink(missing_ok=True)
        tries = Attempts(path, clock=watch)
        wait = tries.wait("a")
        waited += wait
        watch.seconds += wait
        tries.record_attempt("a")
    assert waited == 20 * 300


def test_where_nothing_can_be_written_the_program_counts_in_memory(watch: Stopwatch) -> None:
    tries = Attempts(Path("no such folder") / "sign-in.json", lost_counts_as=0, clock=watch)
    for _ in range(3):
        tries.record_attempt("a")
    assert tries.wait("a") == 5


@pytest.mark.parametrize("now", [8111.2, 123.456])
def test_a_wait_is_never_a_second_longer_than_it_is(now: float) -> None:
    # As floats, (8111.2 + 300) - 8111.2 and (123.456 + 5) - 123.456 are a little more.
    tries = Attempts(Path("no such folder") / "sign-in.json", clock=Stopwatch(now))
    assert tries.wait("a") in WAITS
    three = Attempts(Path("no such folder") / "a", lost_counts_as=3, clock=Stopwatch(now))
    assert three.wait("a") == 5


def test_what_was_told_is_told_once_and_still_counts(path: Path, watch: Stopwatch) -> None:
    tries = started(path, watch)
    for _ in range(3):
        tries.record_attempt("a")
    tries.mark_logged()
    assert tries.unlogged() == {}
    assert Attempts(path, clock=watch).wait("a") == 5


@given(data=st.binary())
def test_any_bytes_in_the_file_are_read_without_a_fault(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("tries") / "sign-in.json"
    path.write_bytes(data)
    assert Attempts(path).wait("a") in {0, *WAITS}


def test_a_file_put_back_begins_nothing_anew(path: Path, watch: Stopwatch) -> None:
    copy = path.with_name("copy.json")
    Attempts(path, copy, clock=watch).begin(["a"])
    fresh = path.read_bytes()
    for start in range(15):
        path.write_bytes(fresh)
        tries = Attempts(path, copy, clock=Stopwatch(0.0))
        assert tries.wait("a") == WAITS[min(start, len(WAITS) - 1)]
        tries.record_attempt("a")


def test_one_place_after_the_other_cannot_be_put_back_either(path: Path, watch: Stopwatch) -> None:
    copy = path.with_name("copy.json")
    Attempts(path, copy, clock=watch).begin(["a"])
    fresh = path.read_bytes()
    tries = Attempts(path, copy, clock=watch)
    for _ in range(4):
        tries.record_attempt("a")
    for start in range(6):
        (path, copy)[start % 2].write_bytes(fresh)
        assert Attempts(path, copy, clock=Stopwatch(0.0)).wait("a") == 15


def test_neither_place_alone_can_be_put_back_or_taken_away(path: Path, watch: Stopwatch) -> None:
    copy = path.with_name("copy.json")
    Attempts(path, copy, clock=watch).begin(["a"])
    fresh = path.read_bytes()
    tries = Attempts(path, copy, clock=watch)
    for _ in range(4):
        tries.record_attempt("a")
    whole = path.read_bytes()
    for one, other in ((path, copy), (copy, path)):
        for put in (fresh, b"spoilt", None):
            other.write_bytes(whole)
            one.unlink()
            if put is not None:
                one.write_bytes(put)
            assert Attempts(path, copy, clock=Stopwatch(0.0)).wait("a") == 15


def test_both_put_back_under_a_running_program_begin_nothing_anew(
    path: Path, watch: Stopwatch
) -> None:
    copy = path.with_name("copy.json")
    tries = Attempts(path, copy, clock=watch)
    tries.begin(["a"])
    fresh = path.read_bytes()
    for _ in range(4):
        tries.record_attempt("a")
    for each in (path, copy):
        each.write_bytes(fresh)
    assert tries.wait("a") == 15
    tries.record_attempt("a")
    assert Attempts(path, copy, clock=Stopwatch(0.0)).wait("a") == 30


def test_tries_counted_by_the_program_before_are_taken_over(path: Path, watch: Stopwatch) -> None:
    path.write_bytes(b'{"format":1,"tries":{"a":[4,4]}}')
    tries = Attempts(path, path.with_name("copy.json"), clock=watch)
    assert tries.wait("a") == 15
    tries.record_attempt("a")
    path.write_bytes(b'{"format":1,"tries":{"a":[0,0]}}')
    assert Attempts(path, path.with_name("copy.json"), clock=Stopwatch(0.0)).wait("a") == 30


def test_a_word_in_place_of_a_count_makes_a_file_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "sign-in.json"
    path.write_bytes(b'{"format":2,"serial":9,"tries":{"Li":[0,true]}}')
    assert Attempts(path).unlogged() == {}
    assert Attempts(path).wait("Li") > 0
