"""The log tells what happened and never to whom."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.desk.safety.program_log import start_log, stop_log

log = logging.getLogger("medcounter.test")


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    yield
    stop_log()


def written(folder: Path) -> str:
    return (folder / "logs" / "medcounter.log").read_text("utf-8")


def test_a_message_is_written_into_the_data_folder(tmp_path: Path) -> None:
    start_log(tmp_path)
    log.info("notice issued")
    assert "notice issued" in written(tmp_path)


def test_starting_twice_writes_a_message_once(tmp_path: Path) -> None:
    start_log(tmp_path)
    start_log(tmp_path)
    log.info("once")
    assert written(tmp_path).count("once") == 1


@pytest.mark.parametrize("number", ["36010219900307123X", "360102900307123", "36010219900307123"])
def test_an_id_number_is_starred_in_messages_and_tracebacks(tmp_path: Path, number: str) -> None:
    start_log(tmp_path)
    log.warning("could not read %s", number)
    try:
        int(f"{number}?")
    except ValueError:
        log.exception("failed")
    text = written(tmp_path)
    assert number not in text
    assert "could not read *******" in text
    assert "ValueError" in text


def test_what_an_exception_quotes_is_left_out_and_its_cause_is_kept(tmp_path: Path) -> None:
    start_log(tmp_path)
    unknown = "王小明"
    try:
        try:
            os.environ[unknown]
        except KeyError:
            (tmp_path / unknown).read_bytes()
    except OSError:
        log.exception("failed")
    text = written(tmp_path)
    assert unknown not in text
    assert "FileNotFoundError errno 2" in text
    assert "KeyError" in text


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    start_log(tmp_path)
    log.info("nowhere")
    assert (tmp_path / "logs").read_text() == "in the way"


def test_after_the_stop_nothing_more_is_written(tmp_path: Path) -> None:
    start_log(tmp_path)
    log.info("before")
    stop_log()
    log.info("after")
    assert "after" not in written(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is Linux's")
def test_a_full_disk_stops_nobody_and_nothing_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "medcounter.log").symlink_to("/dev/full")
    start_log(tmp_path)
    log.info("not written")
    stop_log()
    assert capfd.readouterr() == ("", "")
