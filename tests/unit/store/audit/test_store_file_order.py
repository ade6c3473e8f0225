"""Rows that no ledger would hold are told of in an audit file, whoever sealed it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from medcounter.store.audit import audit_reading
from medcounter.store.audit.audit_reading import AuditReport
from medcounter.store.audit.line_blocks import RunningBlocks
from medcounter.store.journal import sealed_rows
from medcounter.store.ledger.day_acts import DayActs
from medcounter.store.ledger.day_figures import dump_figures, figures
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from medcounter.strict_json import canonical
from medcounter.trust import chain, export_seal
from tests.support.store.store_samples import AT, counted, notice, paper

SEED = b"s" * 32
NUMBER, YEAR, DESK, SEQUENCE = 1, 2, 3, 4
ISSUED, CLERK, REPLACES = (
    sealed_rows.COLUMNS.index(name) for name in ("issued_at", "clerk", "replaces")
)
Rows = list[dict[str, Any]]


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Three notices, the second printed again and void, and the export: six events."""
    store = open_store(tmp_path / "data")
    for request in (1, 2, 3):
        store.ledger.issue(notice(request), paper)
    store.ledger.add_print("2025-03-000002", AT, "李晓")
    store.ledger.void("2025-03-000002", "姓名填错", AT, "李晓")
    lines = list(store.export(AT, "李晓", masked=True))
    store.close(with_backup=False)
    return [json.loads(line) for line in lines[:-1]]


def read(rows: Rows) -> AuditReport:
    """Read a file as somebody with the ledger's key seals it, its sums put right."""
    first, *events = rows
    first["public_key"] = export_seal.public_half(SEED)
    first["head"] = str(chain.head(len(events), events[-1]["event"][-1]))
    for row in events:
        if row["event"][1] == "issue":
            said = json.loads(row["event"][-2])
            digest = sealed_rows.sealed_digest(row["notice"])
            row["event"][-2] = sealed_rows.detail(digest, (), said["party"])
    lines = [sealed(row) for row in rows]
    running = RunningBlocks(lines[0])
    for line in lines[1:]:
        running.update(line)
    whole = running.digest()
    last = {"seal": export_seal.seal(SEED, whole), "sha256": whole.hex()}
    return audit_reading.read([*lines, sealed(last)])


def sealed(row: object) -> bytes:
    return canonical(row) + b"\n"


def at(place: int, column: int, value: object) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[place]["event"][column] = value

    return change


def noticed(place: int, column: int, value: object) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[place]["notice"][column] = value

    return change


def again(place: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        copy = json.loads(json.dumps(rows[place]))
        copy["event"][0] = len(rows)
        rows.append(copy)

    return change


def below(rows: Rows) -> None:
    for place, row in enumerate(rows[1:]):
        row["event"][0] = place


def without(place: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        del rows[place]

    return change


def numbered_again(rows: Rows) -> None:
    """A restore is said to have begun the numbers anew, and one comes twice."""
    floor = json.loads(json.dumps(rows[4]))
    floor["event"][0:6] = [3, "restore", rows[2]["event"][2], None, None, "李晓"]
    floor["event"][-2] = '{"numbers_used":["2025-03-000001"]}'
    rows[3:] = [floor, rows[3]]
    rows[4]["event"][0] = 4
    rows[4]["notice"][NUMBER], rows[4]["notice"][SEQUENCE] = "2025-03-000002", 2


def test_the_file_as_it_is_and_sealed_anew_has_no_fault(rows: Rows) -> None:
    report = read(rows)
    assert (report.events, report.notices, report.faults) == (6, 3, ())


LATE = (AT + timedelta(minutes=6)).isoformat(timespec="seconds")
EARLY = (AT - timedelta(minutes=1)).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (below, "第 1 条记录缺失或次序不对"),
        (at(1, 0, value=True), "第 1 条记录缺失或次序不对"),
        (without(2), "第 2 条记录缺失或次序不对"),
        (again(5), "第 7 条记录又一次作废同一张通知单"),
        (again(4), "第 7 条记录的打印次序缺失或重复"),
        (again(3), "通知单 2025-03-000003 不是出单记录所说的那一张"),
        (at(4, 4, 1), "第 4 条记录的打印次序缺失或重复"),
        (at(4, 4, None), "第 4 条记录的打印次序缺失或重复"),
        (at(5, 3, 4), "第 5 条记录所说的通知单不在文件里"),
        (at(5, 3, 0), "第 5 条记录所说的通知单不在文件里"),
        (at(5, 3, "2"), "第 5 条记录所说的通知单不在文件里"),
        (at(2, 3, 3), "通知单 2025-03-000002 不是出单记录所说的那一张"),
        (noticed(2, 0, 3), "通知单 2025-03-000002 不是出单记录所说的那一张"),
        (at(5, 2, EARLY), "第 5 条记录的时间早于它之前的记录"),
        (at(5, 2, "x"), "第 5 条记录的时间早于它之前的记录"),
        (at(5, 2, "2025-03-06T00:00:00"), "第 5 条记录的时间早于它之前的记录"),
        (at(3, 2, LATE), "通知单 2025-03-000003 写的出单时间与出单记录的时间不符"),
        (noticed(3, NUMBER, "2025-03-00000３"), "的编号与年份、窗口和流水号不符"),
        (noticed(3, DESK, "3"), "的编号与年份、窗口和流水号不符"),
        (noticed(3, ISSUED, "2024-03-05T14:30:00+08:00"), "的编号与年份、窗口和流水号不符"),
        (noticed(3, CLERK, "王"), "通知单 2025-03-000003 写的经办人不是出单记录里的人"),
        (noticed(3, REPLACES, 1), "更正单 2025-03-000003 出在原单作废之前"),
        (noticed(3, REPLACES, 2), "更正单 2025-03-000003 出在原单作废之前"),
        (numbered_again, "通知单 2025-03-000002 之前的编号有缺"),
    ],
)
def test_what_no_ledger_would_hold_is_found(
    rows: Rows, change: Callable[[Rows], None], said: str
) -> None:
    change(rows)
    assert re.search(re.escape(said), "".join(read(rows).faults))


@pytest.fixture
def closed(tmp_path: Path) -> Rows:
    """Two notices of a day, one of them void, and the close of it: five events with the export."""
    store = open_store(tmp_path / "data")
    for request in (1, 2):
        store.ledger.issue(notice(request), paper)
    store.ledger.void("2025-03-000002", "姓名填错", AT, "李晓")
    store.days.close(whole_day(AT.date(), AT), "03", AT, "李晓", counted)
    lines = list(store.export(AT, "李晓", masked=True))
    store.close(with_backup=False)
    return [json.loads(line) for line in lines[:-1]]


def saying(place: int, **said: object) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        known = json.loads(rows[place]["event"][-2])
        figures = said.pop("figures", {})
        rows[place]["event"][-2] = canonical(
            known | said | {"figures": known["figures"] | figures}
        ).decode()

    return change


def erased(rows: Rows) -> None:
    rows[5]["event"][1], rows[5]["event"][3], rows[5]["event"][-2] = "erase", 1, "{}"


def nobody(rows: Rows) -> None:
    rows[1]["party"]["opened"] = {}


def of_nobody(rows: Rows) -> None:
    nobody(rows)
    erased(rows)


@pytest.mark.parametrize("change", [lambda _rows: None, of_nobody])
def test_a_closed_day_and_an_erased_person_have_no_fault(
    closed: Rows, change: Callable[[Rows], None]
) -> None:
    change(closed)
    assert read(closed).faults == ()


NOTHING = dump_figures(figures(DayActs((), (), ())))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (saying(4, ranges=[], figures=NOTHING), "第 4 条记录的日结没有包括它那一天的全部记录"),
        (saying(4, ranges=[[1, 2]]), "第 4 条记录的日结没有包括它那一天的全部记录"),
        (saying(4, day="2025-03-04"), "第 4 条记录的日结没有包括它那一天的全部记录"),
        (saying(4, figures={"total": 80_000}), "第 4 条记录的日结数目与那一天的记录不符"),
        (saying(4, ranges=[["x"]]), "第 4 条记录的日结无法读取"),
        (again(4), "第 6 条记录的日结数目与那一天的记录不符"),
        (erased, "第 5 条记录清除的个人信息还在文件里"),
        (nobody, "有 1 张通知单的个人信息不在文件里，也没有清除记录"),
    ],
)
def test_a_close_and_an_erasure_are_held_to_what_the_file_shows(
    closed: Rows, change: Callable[[Rows], None], said: str
) -> None:
    """A day closed with nothing, and a person erased and shown, were called good."""
    change(closed)
    assert said in "".join(read(closed).faults)
