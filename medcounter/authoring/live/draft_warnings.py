"""Everything that has to be put right or answered before a draft is released.

Faults, gaps and failing examples block; what only looks like a slip wants an answer,
which stands in the programme's ``accepted``. Told bit by bit, for the background.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from medcounter.assess.facts import Facts
from medcounter.assess.prove.programme_proof import proof_steps
from medcounter.assess.prove.rule_warnings import ProvenYear, RuleWarning, bundle_warnings
from medcounter.authoring.live.age_bands import AgeBand, bands_apart
from medcounter.authoring.live.answers_from_above import (
    AnswerFromAbove,
    DoubtFromAbove,
    RuleAbove,
    answers_from_above,
    doubts_from_above,
)
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.example_runs import example_faults
from medcounter.authoring.live.far_figures import (
    FarFigure,
    NeighbourFigure,
    far_from_last_year,
    far_from_neighbours,
    main_payer,
    said_together,
)
from medcounter.authoring.live.figure_reach import MovedFigures
from medcounter.authoring.live.row_outcome import row_outcome
from medcounter.authoring.live.sample_table import RowKind, SampleRow, row_id
from medcounter.authoring.live.stand_ins import STAND_IN
from medcounter.authoring.live.studio_words import StudioWords
from medcounter.authoring.live.ticks import own_rows
from medcounter.authoring.live.unpinned import UnpinnedFigure, unpinned_figures
from medcounter.dates import add_years
from medcounter.json_path import JsonPath
from medcounter.rules.bundle import Bundle
from medcounter.rules.vocabulary import NEWBORN
from medcounter.samples.resident_words import resident_words
from medcounter.wording.difference_words import value_text

FAULT, HOLE, FAILED = "fault", "hole", "example-fails"
FAR_YEAR, FAR_PLACES = "far-from-last-year", "far-from-neighbours"
BANDS, EARLY, UNPINNED = "age-bands-apart", "covered-before-payment", "figure-unpinned"
FROM_ABOVE = "answered-from-above"
_SPARED = "@spared"
_BLOCKING = frozenset({FAULT, HOLE, FAILED})
_COVER = ("exemption", "cover-start")


@dataclass(frozen=True, slots=True)
class DraftWarning:
    """One thing to put right or to answer.

    Attributes:
        kind: ``fault``, ``hole``, ``example-fails``, or a kind of ``accepted``.
        path: The field it is about; the nearest there is.
        where: What an answer calls it; empty for what blocks.
        text: One or two Chinese sentences.
        answer: The author's reason, where it was answered.
        shown_by: A resident who shows it, where one does.
    """

    kind: str
    path: JsonPath
    where: str
    text: str
    answer: str = ""
    shown_by: Facts | None = None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the draft from being released whatever is said to it."""
        return self.kind in _BLOCKING

    @property
    def is_open(self) -> bool:
        """Whether something still has to be done."""
        return self.blocks or not self.answer

    @property
    def may_stay_above(self) -> bool:
        """Whether to leave it to the rules above may be right: the place says nothing."""
        return self.kind == FROM_ABOVE and not self.where.endswith(_SPARED)


@dataclass(frozen=True, slots=True)
class WarningSources:
    """What warnings are drawn from, beside the draft.

    Attributes:
        figures: The draft's figures, and what it stands on.
        rows: The sample table, all years, complete.
        neighbours: Benefit year to what is paid around; none compares nothing.
    """

    figures: MovedFigures
    rows: tuple[SampleRow, ...] = ()
    neighbours: tuple[tuple[int, tuple[NeighbourFigure, ...]], ...] = ()


def draft_warnings(draft: DraftRules, beside: WarningSources) -> Iterator[DraftWarning | None]:
    """Yield all warnings of a draft, the gravest first.

    While something is wrong by shape or meaning, nothing that follows from it is told.

    Yields:
        Each warning; None after other work. Whoever stops asking has cancelled it.
    """
    answers, words = _answers(draft), StudioWords(draft)
    for found in _all_warnings(draft, beside):
        if found is None:
            yield None
            continue
        placed = found.kind in {FAULT, UNPINNED}
        text = words.fault(found.path, found.text) if placed else words.text(found.text)
        answer = "" if found.blocks else answers.get((found.kind, found.where), "")
        yield replace(found, text=text, answer=answer)


def _all_warnings(
    draft: DraftRules, beside: WarningSources
) -> Generator[DraftWarning | None, None, None]:
    if draft.faults or draft.book is None:
        yield from (DraftWarning(FAULT, one.path, "", one.text) for one in draft.faults)
        return
    proven: list[ProvenYear] = []
    for year in draft.years:
        compiled = draft.compiled(year)
        if compiled is None:
            continue
        proof = yield from proof_steps(compiled, draft.book.names.events)
        for hole in proof.findings:
            path = _first_path(draft, hole.rules) or (*draft.document.base, "rules")
            yield DraftWarning(HOLE, path, hole.question, f"{year} 年度：{hole.text}")
        if draft.at is not None:
            proven.append(ProvenYear(draft.at, year, compiled, proof, missing=False))
    yield from _failing(draft)
    yield from _slips(draft, beside.figures.inherited, proven)
    yield from _drawn_from_rows(draft, beside)
    yield from _from_above(draft, beside)
    for year in draft.years:
        yield from _bands(draft, year)
    # Who can be ticked is named before an example by hand, which takes no tick.
    own = own_rows(draft)
    shown = tuple(row.facts for row in sorted(beside.rows, key=lambda row: row.id in own))
    for figure in unpinned_figures(beside.figures, shown):
        yield None if figure is None else _unpinned(draft, figure, own)


def _failing(draft: DraftRules) -> Iterator[DraftWarning | None]:
    """Run the examples: what a tick or the announcement says must come out."""
    book = draft.book
    if book is None:
        return
    for number, example in enumerate(book.bundle.examples):
        for fault in example_faults(example, book):
            key = fault.path.lstrip(".")
            yield DraftWarning(FAILED, ("examples", number, key), "", fault.text)
        yield None


def _slips(
    draft: DraftRules, inherited: InheritedRules, proven: list[ProvenYear]
) -> Iterator[DraftWarning | None]:
    """Yield the warnings that a check of the whole bundle gives too."""
    book, at = draft.book, draft.at
    if book is None or at is None:
        return
    bundle: Bundle = book.bundle
    found = [one for one in bundle_warnings(bundle, proven) if one.at == at]
    yield None
    if inherited.below and any(one.kind == "never-stands" for one in found):
        # What stands for nobody here may stand in a place below.
        programmes = (*bundle.programmes, *inherited.below)
        bundle = bundle.model_copy(update={"programmes": programmes})
        vars(bundle).pop("_positions", None)
        for year in _proven_below(draft, bundle, len(programmes) - len(inherited.below)):
            if year is not None:
                proven.append(year)
            yield None
        found = [one for one in bundle_warnings(bundle, proven) if one.at == at]
    periods = {
        f"{one.first}..{one.last}": tuple(sorted(one.periods))
        for year in proven
        for one in year.proof.closed
    }
    for warning in found:
        if warning.where.startswith(STAND_IN):
            # Nobody wrote it: it stands for what is not filled in.
            continue
        yield DraftWarning(
            warning.kind, _path_of(draft, warning, periods), warning.where, warning.text
        )


def _proven_below(
    draft: DraftRules, bundle: Bundle, start: int
) -> Generator[ProvenYear | None, None, None]:
    book = type(draft.book).open(bundle, "", signed=False) if draft.book else None
    for at in range(start, len(bundle.programmes)):
        programme = bundle.programmes[at]
        years = programme.benefit_years
        for year in range(years.start, years.end + 1):
            compiled = book and book.programme(programme.region, programme.scheme, year)
            if book is None or not compiled or year not in draft.years:
                continue
            proof = yield from proof_steps(compiled, book.names.events)
            yield ProvenYear(at, year, compiled, proof, missing=False)


def _path_of(
    draft: DraftRules, warning: RuleWarning, periods: dict[str, tuple[str, ...]]
) -> JsonPath:
    """Return the field a warning of the check is about."""
    base = draft.document.base
    match warning.kind:
        case "closed-between":
            return _first_path(draft, periods.get(warning.where, ())) or (*base, "rules")
        case "unused-answer" | "no-choices":
            asks = draft.document.own.get("asks") or ()
            codes = [one.get("code") for one in asks]
            known = warning.where in codes
            return (*base, "asks", codes.index(warning.where)) if known else (*base, "asks")
        case "no-example":
            return ("examples",)
        case "no-readings":
            return (*draft.rule_path(warning.where), "status")
        case "other-figure":
            return (*draft.rule_path(warning.where), "applies")
    return draft.rule_path(warning.where)


def _drawn_from_rows(draft: DraftRules, beside: WarningSources) -> Iterator[DraftWarning | None]:
    """Yield what only outcomes show: outlying figures, cover before payment."""
    given: set[tuple[str, str]] = set()

    def once(kind: str, rule: str, where: str, text: str) -> Iterator[DraftWarning]:
        if (kind, where) not in given:
            given.add((kind, where))
            yield DraftWarning(kind, draft.rule_path(rule) or draft.document.base, where, text)

    jumps: dict[tuple[str, str], list[FarFigure]] = {}
    for far in far_from_last_year(beside.rows):
        jumps.setdefault((_rule_of(draft, far), far.text), []).append(far)
    for (rule, _), together in jumps.items():
        yield from once(FAR_YEAR, rule, *said_together(together))
    yield None
    book = draft.book
    for year, neighbours in beside.neighbours:
        payer = main_payer(book, draft.region, draft.scheme, year) if book else None
        if book and payer:
            found = far_from_neighbours(row_outcome(payer, book), draft.region, neighbours)
            if found is not None:
                rule = _rule_of(draft, found)
                yield from once(FAR_PLACES, rule, rule, found.text)
        yield None
    for row in beside.rows:
        if row.kind is RowKind.SAMPLE and _covered_early(row):
            rule = _answering(draft, row.now.rules, _COVER)
            first, paid = row.now.values["coverage.from"], row.facts.payment_date
            text = (
                f"{row.person}：{paid} 才缴费，待遇却从 {first} 起，不是新生儿；"
                "公告确是这样写的，请答复。"
            )
            yield from once(EARLY, rule, rule, text)


def _from_above(draft: DraftRules, beside: WarningSources) -> Iterator[DraftWarning]:
    """Tell which rules from above decide for people whom no own card mentions."""
    if draft.book is None:
        return
    inherited = beside.figures.inherited
    above = {
        rule.id: RuleAbove(rule, programme.region)
        for programme in inherited.programmes
        for rule in programme.rules
        if rule.id in inherited.cards
    }
    own = () if draft.at is None else draft.book.bundle.programmes[draft.at].rules
    spoken_of = frozenset(rule.question for rule in own)
    told = set[str]()
    for found in answers_from_above(beside.rows, above, spoken_of):
        told.add(name := found.rule.id)
        where = f"{name}@{','.join(found.periods)}"
        shown = _plainest(found)
        path, text = inherited.cards[name], _above_text(found, shown)
        yield DraftWarning(FROM_ABOVE, path, where, text, shown_by=shown.facts)
    for doubt in doubts_from_above(beside.rows, above):
        name = doubt.rule.id
        if doubt.spared or name not in told:
            where = f"{name}{_SPARED}" if doubt.spared else name
            text, facts = _doubt_text(doubt), doubt.rows[0].facts
            yield DraftWarning(FROM_ABOVE, inherited.cards[name], where, text, shown_by=facts)


def _doubt_text(found: DoubtFromAbove) -> str:
    name, printed = found.rule.id, found.rule.doubt
    if found.spared:
        return (
            f"{found.rows[0].person}：本地写了不等待，通知单上仍会因为上级的“{name}”写：{printed}"
            "公告把不等待的人列全了的，在这一条上选“在这里不成立”，"
            "没有列到的人就照常等待；没有列全的，请答复。"
        )
    return (
        f"本地没有写，照上级的“{name}”办，通知单上会写：{printed}"
        "公告写了的，改成本地的规定；公告没有写的，请答复。"
    )


def _plainest(found: AnswerFromAbove) -> SampleRow:
    """Return who shows it best: within the period, in few words."""
    return min(
        found.rows, key=lambda row: (row.now.values.get("window.kind") != "main", len(row.person))
    )


def _above_text(found: AnswerFromAbove, shown: SampleRow) -> str:
    doubt = "，没有定论" if found.rule.status == "unsettled" else ""
    people = len({row.person for row in found.rows})
    others = f"等 {people} 种人" if people > 1 else ""
    outcome = f"缴 {shown.now.pays}，等待期：{shown.now.waits}"
    return (
        f"本地没有写、照上级办的有：{shown.person}，{shown.facts.payment_date} 缴费"
        f"（{outcome}）{others}；依据是上级的“{found.rule.id}”{doubt}。"
        "公告写了他们的，改成本地的规定；公告没有写的，请答复。"
    )


def _covered_early(row: SampleRow) -> bool:
    """Return whether somebody is covered before the payment who is no newborn."""
    first, paid = row.now.values.get("coverage.from"), row.facts.payment_date
    birth = row.facts.birth_date
    infant = birth is not None and add_years(birth, 1) > paid
    newborn = row.now.values.get("exemption") == NEWBORN
    return first is not None and first < str(paid) and not (infant or newborn)


def _rule_of(draft: DraftRules, far: FarFigure) -> str:
    if far.field == "fee.subsidy":
        return _answering(draft, far.rules, ("subsidy",))
    aid = _answering(draft, far.rules, ("concession",))
    return aid if draft.rule_path(aid) else _answering(draft, far.rules, ("standard",))


def _answering(draft: DraftRules, rules: Iterable[str], questions: tuple[str, ...]) -> str:
    """Name the rule that answered one of some questions."""
    asked = {
        rule.id: rule.question
        for one in (draft.book.bundle.programmes if draft.book else ())
        for rule in one.rules
    }
    return next((name for name in rules if asked.get(name) in questions), "")


def _bands(draft: DraftRules, year: int) -> Iterator[DraftWarning]:
    compiled = draft.compiled(year)
    for found in bands_apart(compiled.resolved.rules if compiled else ()):
        after = found.after if draft.rule_path(found.after.rule) else found.before
        if path := draft.rule_path(after.rule):
            where = f"{found.before.rule}..{found.after.rule}"
            yield DraftWarning(BANDS, (*path, *_condition(after)), where, found.text)


def _condition(band: AgeBand) -> JsonPath:
    return ("when",) if band.step is None else ("when", "of", band.step)


def _unpinned(draft: DraftRules, figure: UnpinnedFigure, own: frozenset[str]) -> DraftWarning:
    other = " 或 ".join(value_text(one) for one in figure.unnoticed)
    sentence = f"这里的 {value_text(figure.value)} 若写成 {other}，没有一个算例会发现；"
    if figure.shown_by is None or draft.book is None:
        do = "样本里也没有人因此不同，请对照公告再看一遍，并答复。"
    else:
        who = resident_words(figure.shown_by, draft.book)
        is_own = row_id(figure.shown_by) in own
        act = "请把它也写进这个算例的应得结果" if is_own else "请核对这一行并打勾"
        do = f"{act}：{who}，{figure.shown_by.payment_date} 缴费。"
    return DraftWarning(
        UNPINNED, figure.path, figure.where, f"{sentence}{do}", shown_by=figure.shown_by
    )


def _first_path(draft: DraftRules, rules: Iterable[str]) -> JsonPath:
    return next((path for name in rules if (path := draft.rule_path(name))), ())


def _answers(draft: DraftRules) -> dict[tuple[str, str], str]:
    written: Any = draft.document.own.get("accepted")
    return {
        (str(one.get("warning")), str(one.get("where"))): str(one.get("reason"))
        for one in (written if isinstance(written, list) else ())
        if isinstance(one, dict)
    }
