"""A printer that fails, and a program that is killed, at each step between commit and paper."""

import tempfile
from collections import Counter
from pathlib import Path

from medcounter.desk.desk import Desk
from tests.faults.checking import canaries_in, fault_of, read_said
from tests.faults.counter import AT, ID_NUMBER, NAME, issue, opened, say, tried
from tests.faults.disk.sweeping import CHANGING, SWEPT, Strike
from tests.faults.process.forking import Fork, warm_up
from tests.faults.rows import Figures
from tests.faults.scenes import lay_out, memory_disk
from tests.support.desk.counter_samples import ledger_page

COUNTED = ("kills", "papers", "unconfirmed afterwards", SWEPT)
BAD = ("double originals", "paper without a notice", "said to be printed", "corrupt", "canaries")


def print_and_fail(home: Path) -> None:
    """Issue and print: one sheet comes out, one jams and is printed again."""
    desk = opened(home)
    for click, came_out in enumerate((True, False)):
        number = issue(desk, f"print-{click}")
        if number:
            _print(desk, number, 1, came_out=came_out)
            if not came_out:
                _print(desk, number, desk.notices.reprint(number, AT).print_no, came_out=True)
    desk.close()


def _print(desk: Desk, number: str, copy: int, *, came_out: bool) -> None:
    """Stand for the printer: the paper is there before the program knows."""
    say(f"PAPER {number} {copy}")
    word = "printed" if came_out else "failed"
    tried(
        f"{word} {number} {copy}", lambda: desk.notices.mark_printed(number, copy, AT, ok=came_out)
    )


def kill_at_each_step() -> Figures:
    """Kill at each call of each kind; then print everything once more."""
    warm_up()
    figures = dict.fromkeys((*COUNTED, *BAD), 0)
    for call in CHANGING:
        for count in range(1, 10_000):
            if not _kill(Strike(call, "signal=KILL"), count, figures):
                figures[SWEPT] += 1
                break
    return figures


def _kill(strike: Strike, count: int, figures: Figures) -> bool:
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        home = lay_out("issue", Path(room) / "home")
        fork = Fork(lambda: print_and_fail(home), held=True)
        ended = fork.end_struck(strike.rule(count), Path(room) / "trace")
        figures["kills"] += bool(ended.struck)
        papers = [line.split()[1:] for line in ended.said.splitlines() if line.startswith("PAPER")]
        figures["corrupt"] += fault_of(home / "data", read_said(ended.said)) is not None
        _print_again(home, [(number, int(copy)) for number, copy in papers], figures)
        figures["canaries"] += len(canaries_in(home, (NAME, ID_NUMBER)))
        return bool(ended.struck)


def _print_again(home: Path, papers: list[tuple[str, int]], figures: Figures) -> None:
    """Do what a clerk does next day: print whatever is unconfirmed once more."""
    desk = opened(home)
    known = {row.number for row in ledger_page(desk).rows}
    figures["papers"] += len(papers)
    figures["paper without a notice"] += sum(number not in known for number, _ in papers)
    for number in sorted(known):
        before = desk.notices.find(number)
        figures["unconfirmed afterwards"] += before.standing.unconfirmed
        papers.append((number, desk.notices.reprint(number, AT).print_no))
        figures["said to be printed"] += not desk.notices.find(number).standing.unconfirmed
    desk.close()
    # A print that bears no 补打 is the first; the others say which they are.
    figures["double originals"] += sum(
        times > 1 for (_, copy), times in Counter(papers).items() if copy == 1
    )
