"""Three places from paper to a printed notice, by keys alone, at a real screen: `make trials`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.shipped import open_shipped
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from tests.e2e.author_hall import (
    AUTHOR,
    AUTHOR_SECRET,
    CLERK_NAME,
    REVIEWER,
    hall_of_authors,
)
from tests.e2e.hall_before import Resident, residents
from tests.e2e.keyed_notices import roll_jiangxi, write_guangxi, write_wuxi
from tests.e2e.rule_trial import RuleTrial
from tests.e2e.x11_hands import X11Hands
from tests.gui.counter_window import dress
from tests.support.authoring.draft_samples import shipped_document
from tests.support.authoring.trial_answers import (
    DOUBTED,
    DOUBTED_BY_HAND,
    document_by_hand,
    doubted_by_hand,
    doubted_by_shipped,
    people_of,
)
from tests.support.desk.counter_samples import BEIJING, Clock, faults_of
from tests.support.store.store_samples import demo_roots
from ui.app import keep_loaded
from ui.counter import Counter
from ui.frame.shell import Shell
from ui.qt_translations import install_translations
from ui.surroundings import Surroundings

# Of the keys, in percent, within how long their frame came.
_SHARES = (50, 95, 99)
# Where make trials wants its pictures and papers; it also brings a screen.
PICTURES = os.environ.get("MEDCOUNTER_TRIALS", "")


@dataclass(frozen=True)
class TriedPlace:
    """What is written, when, and the keys it may take.

    Attributes:
        name: Of its pictures.
        region: Six digits.
        year: Benefit year.
        at: When it is written.
        write: Presses the keys.
        most_keys: As the issue asks.
        shipped: The programme that another wrote by hand and that ships; empty where none does.
        by_hand: The rules that another wrote from the notice alone; empty where none did.
    """

    name: str
    region: str
    year: int
    at: datetime
    write: Callable[[RuleTrial], None]
    most_keys: int
    shipped: str = ""
    by_hand: str = ""


DECEMBER = datetime(2026, 12, 1, 9, 0, tzinfo=BEIJING)
PLACES = (
    TriedPlace(
        "guangxi", "450000", 2025, datetime(2025, 3, 5, 9, 0, tzinfo=BEIJING), write_guangxi, 260,
        "guangxi-2025",
    ),
    TriedPlace("wuxi", "320200", 2026, DECEMBER, write_wuxi, 360, "wuxi-2026"),
    TriedPlace("jiangxi", "360000", 2027, DECEMBER, roll_jiangxi, 70, by_hand="jiangxi-2027"),
)  # fmt: skip


def begin(place: TriedPlace, folder: Path, pictures: Path) -> RuleTrial:
    """Start the program of a hall that has no rules for the place yet."""
    hall_of_authors(folder, place.at, place.region, covered=not place.shipped)
    clock = Clock(place.at)
    shell = Shell()
    counter = Counter(shell, folder, Surroundings(clock=clock, roots=demo_roots(), printer=str))
    trial = RuleTrial(X11Hands(shell), shell, counter, clock, pictures)
    shell.resize(1366, 768)
    shell.showMaximized()
    assert QTest.qWaitForWindowExposed(shell)
    # As a start does: all these tests are no part of what a key waits for.
    keep_loaded()
    counter.begin()
    return trial


def resident_for(place: TriedPlace) -> Resident:
    """Somebody grown up, invented."""
    return residents(1, 12 + PLACES.index(place))[0]


@pytest.mark.skipif(not PICTURES, reason="make trials plays it at a real screen")
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_notice_on_paper_becomes_a_printed_notice(
    qapp: QApplication, tmp_path: Path, place: TriedPlace
) -> None:
    dress(qapp)
    install_translations(qapp)
    pictures = Path(PICTURES) / place.name
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    folder = tmp_path / "hall"
    trial = begin(place, folder, pictures)
    trial.enter(AUTHOR)
    before = trial.hands.pressed
    place.write(trial)
    trial.written = trial.hands.pressed - before
    trial.wait_for_check()
    trial.see("checked")
    trial.tick_all()
    trial.see("ticked")
    trial.answer_all()
    trial.see("answered")
    everybody = [row.facts for row in trial.draft.live.table.rows]
    trial.sheet(pictures / "sheet.pdf")
    trial.hand_over()
    trial.change_places(REVIEWER)
    trial.review_and_sign()
    trial.change_places(CLERK_NAME)
    trial.notice(resident_for(place), pictures / "notice.pdf", place.year)
    trial.shell.close()
    tell(trial, pictures / "figures.txt")
    assert trial.written <= place.most_keys
    who = sign_in.sign_in(folder, AUTHOR, AUTHOR_SECRET)
    desk = Desk.open(folder, trial.clock(), roots=demo_roots(), who=who)
    try:
        assert faults_of(desk) == ()
        if place.shipped:
            theirs = RuleBook.open(open_shipped().bundle, "", signed=False)
            everybody += people_of(shipped_document(f"{place.shipped}.json"), theirs)
            doubted = doubted_by_shipped(desk.rule_book, theirs, everybody, place.shipped)
            assert doubted.keys() == DOUBTED[place.shipped].keys()
        if place.by_hand:
            everybody += people_of(document_by_hand(place.by_hand), desk.rule_book)
            doubted = doubted_by_hand(desk.rule_book, everybody, place.by_hand)
            assert doubted.keys() <= DOUBTED_BY_HAND.keys()
    finally:
        desk.close()


def tell(trial: RuleTrial, path: Path) -> None:
    """Write down what the trial took."""
    assert isinstance(trial.hands, X11Hands)
    paints = sorted(trial.hands.ears.paints)
    within = ", ".join(
        f"{part} % {paints[len(paints) * part // 100][0]:.0f} ms" for part in _SHARES
    )
    slowest = ", ".join(f"{key} {ms:.0f} ms" for ms, key in paints[-8:])
    lines = [
        *(f"{keys:5d}  {name}" for name, keys in trial.keys.items()),
        f"{trial.written} keys to write it, no click; {trial.ticked} residents ticked by Space",
        f"{len(trial.answered)} warnings answered:",
        *(f"  {text}" for text in trial.answered),
        f"key to frame: {within} of {len(paints)}",
        f"slowest: {slowest}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
