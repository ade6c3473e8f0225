"""A file of rules that was brought: an office's bundle, or the hall's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from medcounter.bundle.hall.hall_bundle import is_hall_bundle
from medcounter.bundle.signed_package import read_package
from medcounter.desk.authoring.release_signing import ReleaseSigning
from medcounter.desk.desk_records import BundleState, UpdatePlan
from medcounter.desk.rules.hall_rules import HallPlan, HallRules
from medcounter.desk.rules.rule_updates import RuleUpdates
from medcounter.places.place_table import full_name
from medcounter.wording.difference_words import outcome_word
from medcounter.wording.terms import SCHEMES

_IN_USE, _ENDED = "本厅规则", "停用"


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change in words.

    Attributes:
        text: What changes.
        old: What it was; empty for nothing.
        new: What it will be; empty for nothing.
    """

    text: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HallOffer:
    """Rules of the hall in a file, looked at.

    Attributes:
        plan: What taking them in does.
        lines: What changes, in words.
    """

    plan: HallPlan
    lines: tuple[ToldChange, ...]


class BroughtRules:
    """Files of rules, whoever signed them, as they are taken in at one desk."""

    def __init__(self, updates: RuleUpdates, hall: HallRules, release: ReleaseSigning) -> None:
        """Work on an open counter, by what it knows of an office and of the hall."""
        self._updates = updates
        self._hall = hall
        self._release = release

    @property
    def state(self) -> BundleState:
        """The office's bundle in use."""
        return self._updates.state

    def looked_at(self, path: Path, on: date) -> Callable[[], UpdatePlan | HallOffer]:
        """Return the work of checking a file and showing what it changes.

        The work touches no store and may be done in any thread.

        Args:
            path: The file.
            on: Today.

        Raises:
            MedCounterError: It is refused; the text says why. The work too raises it.
        """
        data = read_package(path)
        if not is_hall_bundle(data):
            return self._updates.planner(data)
        planner, release = self._hall.planner(data, on), self._release

        def work() -> HallOffer:
            plan = planner()
            lines = release.lines_of(plan.bundle.release, plan)
            return HallOffer(plan, tuple(ToldChange(one.text, one.old, one.new) for one in lines))

        return work

    def take(self, offer: UpdatePlan | HallOffer, at: datetime) -> BundleState:
        """Take in what was looked at; rules of the hall from their earliest day on.

        Returns:
            The office's bundle in use.

        Raises:
            MedCounterError: It could not be taken; the old rules stay.
        """
        if isinstance(offer, UpdatePlan):
            return self._updates.install(offer, at)
        self._hall.take(offer.plan, at, offer.plan.earliest)
        return self._updates.state


def told_ends(plan: UpdatePlan) -> tuple[ToldChange, ...]:
    """Tell which rules of the hall an office's bundle ends, and what that changes."""
    found = []
    for ended in plan.ends:
        found.append(ToldChange(ended.text, _IN_USE, _ENDED))
        for change in ended.changes:
            place = full_name(change.region) or change.region
            words = (outcome_word(change.field, value) for value in (change.old, change.new))
            found.append(ToldChange(change.text(place), *words))
    return tuple(found)


def told_offer(offer: HallOffer) -> str:
    """Say which rules of the hall these are, whose, and from when they are used."""
    plan = offer.plan
    release = plan.bundle.release
    place, people = release.place, release.people
    head = (
        f"本厅规则第 {release.revision} 版：{release.name_of(place.region)} "
        f"{place.first_year} 年度{SCHEMES[place.scheme]}，"
        f"编制 {people[0].name}，复核 {people[1].name}，{release.released}"
    )
    count = len(plan.differing)
    numbers = "、".join(plan.differing[:3]) + ("等" if count > 3 else "")  # noqa: PLR2004 - as many as fit a line
    later = f"已经出的 {count} 份通知单（{numbers}）按它会有出入，不追溯；" if count else ""
    return f"{head}\n{later}从 {plan.earliest} 起使用，共 {len(offer.lines)} 处变化"
