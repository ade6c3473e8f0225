"""Every masked way out of a ledger, and how many people fit all that stands in it."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from medcounter.cli.program import main
from medcounter.desk.safety.program_log import start_log, stop_log
from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.day_sheet import day_manuscript
from medcounter.notice.sheet.household_manuscript import household_manuscript
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import A4_PORTRAIT, A5_LANDSCAPE, ROLL_80
from medcounter.notice.sheet.qr import qr_text
from medcounter.roster.tables.table import open_table
from tests.faults.rows import Figures, note
from tests.oracle.id_candidates import candidates, check_digit
from tests.support.desk.counter_samples import Counter, open_counter
from tests.support.paper.on_paper import markup_of
from tests.support.store.gather_samples import read_ledger

BAD = ("ways that fewer than 500 fit", "whole numbers shown", "typed words shown")
FEWEST = 500
# Of somebody who is on no notice, in reasons that are typed: in no masked way.
SAID = ("司马相如", "相如", "四川成都")


def person(body: str) -> str:
    """Give an invented number: 17 digits and the check digit."""
    return body + check_digit(body)


# Two of them from a city that is one single area; every one is invented.
PEOPLE = {
    "adult": person("44190019880712123"),
    "old": person("36010219350101001"),
    "pupil": person("44190020160229004"),
    "three years old": person("36010220220630002"),
    "newborn": person("44190020250203008"),
    "born on the day": person("36010220250305001"),
}


def count(chosen: Iterable[str] = PEOPLE) -> Figures:
    """Take people out by each way and count who fits."""
    figures = {"people": 0, "ways": 0, **dict.fromkeys(BAD, 0)}
    fewest: dict[str, int] = {}
    for who in chosen:
        number = PEOPLE[who]
        figures["people"] += 1
        with tempfile.TemporaryDirectory() as room:
            for way, text in ways(Path(room), number):
                figures["ways"] += 1
                fit = candidates(text, number, date(2025, 3, 5))
                fewest[way] = min(fit, fewest.get(way, fit))
                if fit < FEWEST:
                    figures[BAD[0]] += 1
                    note(f"{way} {who}: only {fit} people fit")
                figures[BAD[1]] += number in text
                figures[BAD[2]] += any(word in text for word in SAID)
    for way, fit in fewest.items():
        note(f"{way} at least {fit} people fit")
    return figures


def ways(room: Path, number: str) -> Iterator[tuple[str, str]]:
    """Give the name and the text of everything masked that leaves a counter."""
    counter = open_counter(room / "data")
    start_log(room / "data")
    issued = counter.issue("欧阳建国", id_number=number)
    again = counter.issue("欧阳建国", id_number=number).notice.number
    assert again is not None
    counter.desk.notices.void(again, f"与{SAID[0]}那张重复，他住{SAID[2]}", counter.clock())
    counter.desk.health.accept_clock(counter.clock(), f"{SAID[0]}来问过")
    notice = issued.notice
    for paper in (A5_LANDSCAPE, A4_PORTRAIT, ROLL_80):
        written = notice_manuscript(Sheet(notice, 1), paper)
        yield f"paper/{paper.code}", markup_of(written, paper)
        yield f"PDF-title/{paper.code}", f"{written.name} {written.title}"
        both = household_sheet([notice, replace(notice, number="2025-03-000002")])
        yield (
            f"household/{paper.code}",
            markup_of(household_manuscript(both, paper), paper),
        )
    yield "QR", qr_text(Sheet(notice, 1))
    yield "audit-file", b"".join(counter.desk.register.export_audit(counter.clock())).decode()
    yield "day-sheet", _day_sheet(counter)
    stop_log()
    counter.desk.close()
    yield from _commands(room, number)
    yield "logs", "".join(path.read_text() for path in (room / "data/logs").iterdir())


def _day_sheet(counter: Counter) -> str:
    closed = counter.desk.days.close(counter.clock().date(), counter.clock())
    sheet = counter.desk.days.sheet(closed.number, counter.clock())
    return markup_of(day_manuscript(sheet, A4_PORTRAIT), A4_PORTRAIT)


def _commands(room: Path, number: str) -> Iterator[tuple[str, str]]:
    data = ["--data-dir", str(room / "data")]
    for name in ("all.csv", "all.xlsx", "desk.audit"):
        assert main([*data, "ledger", "export", str(room / name)]) == 0
    heard = f"{read_ledger(room / 'desk.audit').ledger}=临川"
    for name in ("gathered.csv", "gathered.xlsx"):
        words = ["gather", str(room / "county"), str(room / "desk.audit"), "--confirm", heard]
        assert main([*words, "--table", str(room / name)]) == 0
    people = room / "people.csv"
    people.write_text(f"姓名,证件号码\n欧阳建国,{number}\n", encoding="utf-8")
    paid = ["--region", "360000", "--year", "2025", "--on", "2025-03-05"]
    for name in ("list.csv", "list.xlsx"):
        assert main(["roster", str(people), str(room / name), *paid]) == 0
    for name in ("all.csv", "all.xlsx", "gathered.csv", "gathered.xlsx", "list.csv", "list.xlsx"):
        yield f"table/{name}", _cells(room / name)
    yield "gathered-file", next((room / "county").glob("*.ledger")).read_text()


def _cells(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig")
    rows = (row for sheet in open_table(path) for row in sheet.rows())
    return "\n".join("\t".join(str(cell) for cell in row.cells) for row in rows)
