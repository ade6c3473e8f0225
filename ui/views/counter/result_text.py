"""The words of the result: an outcome in a few short texts.

Returns texts and tones only; computes no amount and no date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medcounter.assess.mechanism import RULES_MISSING
from medcounter.desk.evaluate.household import is_blank
from medcounter.money import show_money
from medcounter.wording.say_words import doubt_line, spoken_answer
from medcounter.wording.wait_words import wait_length, wait_parts

from ...look.tones import (
    ASSUMED,
    DANGER,
    DOUBT,
    NO_RULES,
    PLAIN,
    UNSETTLED,
    WRONG,
    cover_tone,
    wait_tone,
)

if TYPE_CHECKING:
    from medcounter.assess.assessment import Assessment, Doubt, Fee
    from medcounter.desk.evaluate.outcome import Outcome

BADGE = {
    UNSETTLED: "未定",
    ASSUMED: "推定",
    "warning": "注意",
    "info": "告知",
    WRONG: "改正",
    NO_RULES: "不能出单",
}
# The field whose other reading matters most to a resident comes first.
_READING = {
    "fee.total": "应缴",
    "coverage.from": "待遇自",
    "coverage.to": "待遇至",
    "wait.to": "等待期至",
    "wait.from": "等待期自",
}


class Figure(NamedTuple):
    """One of the large figures.

    Attributes:
        value: What is read across the counter.
        detail: The line below it.
        tone: A name of ``ui.look.tones``.
        doubt: ``unsettled``, ``assumed`` or empty: how sure it is.
    """

    value: str
    detail: str
    tone: str
    doubt: str


class NoteLine(NamedTuple):
    """A sentence to show, with its kind: a key of :data:`BADGE`."""

    kind: str
    text: str


DOUBTFUL = frozenset({UNSETTLED, ASSUMED})
NOTHING_YET = Figure("—", "", PLAIN, "")
_WAY_ON = (
    "有新的规则包：在“规则”里更新；没有的，请主管按当地公告编写规则（手册“没有规则的地区和年度”）。"
)


def doubt_about(doubts: tuple[Doubt, ...], *heads: str) -> str:
    """Return how certain the named fields are, the worst first."""
    found = {doubt.status for doubt in doubts if doubt.field.partition(".")[0] in heads}
    return next((status for status in (UNSETTLED, ASSUMED) if status in found), "")


def amount_figure(shown: Assessment | None) -> Figure:
    """Return what is to be paid, or when it can be."""
    if shown is None:
        return NOTHING_YET
    doubt = doubt_about(shown.doubts, "fee", "category")
    if shown.payable is None:
        return Figure("不能出单", "没有规则，以当地公告为准", DANGER, doubt)
    if shown.fee is None:
        day = shown.next_window
        later = f"最早 {day.isoformat()} 可以缴" if day else "规则中没有下一次缴费的日子"
        return Figure("不能缴费", later, DANGER, doubt_about(shown.doubts, "window", "payable"))
    tone = DOUBT if shown.fee.total is None else PLAIN
    return Figure(show_money(shown.fee.total), _fee_detail(shown.fee), tone, doubt)


def amount_caption(shown: Assessment | None) -> str:
    """Say whose amount it is."""
    return f"应缴金额 · {shown.category_label}" if shown else "应缴金额"


def _fee_detail(fee: Fee) -> str:
    if fee.total is None:
        return "来源没有给出金额，请核实"
    parts = []
    if fee.aid:
        parts.append(f"标准 {show_money(fee.standard)}，资助 {show_money(fee.aid)}")
    if fee.repair:
        parts.append(f"含修复 {show_money(fee.repair)}")
    if fee.other_years:
        parts.append(f"含其他年度 {show_money(fee.other_years)}")
    if fee.subsidy and not parts:
        parts.append(f"财政另补 {show_money(fee.subsidy)}")
    return "，".join(parts)


def wait_figure(shown: Assessment | None) -> Figure:
    """Return how long benefits are withheld, and what that is made of."""
    if shown is None or shown.payable is False:
        return NOTHING_YET
    doubt = doubt_about(shown.doubts, "wait", "lapsed_years", "exemption")
    wait = shown.wait
    tone = wait_tone(waits=wait is not None)
    if wait is None:
        return Figure("无等待期", "免除等待" if shown.exemption else "", tone, doubt)
    days = f"{wait.start.isoformat()} 至 {wait.end.isoformat()}"
    return Figure(wait_length(wait), days, tone, doubt)


def cover_figure(shown: Assessment | None) -> Figure:
    """Tell from which day to which day the resident is covered."""
    if shown is None or shown.payable is False:
        return NOTHING_YET
    doubt = doubt_about(shown.doubts, "coverage")
    cover = shown.coverage
    tone = cover_tone(covered=cover is not None)
    if cover is None:
        return Figure("没有待遇", f"{shown.benefit_year} 年内等不到生效日", tone, doubt)
    counted = f"{shown.benefit_year} 年内" if cover.leaves_year else "共"
    detail = f"至 {cover.end.isoformat()}，{counted} {cover.days} 天"
    return Figure(cover.start.isoformat(), detail, tone, doubt)


def note_lines(outcome: Outcome) -> tuple[NoteLine, ...]:
    """Return every sentence to show beside the figures, the most serious first."""
    shown = outcome.on_screen or outcome.in_general
    if shown is None:
        # On a form on which nothing was done nothing is to be corrected.
        kind = "info" if is_blank(outcome.draft) else WRONG
        return tuple(NoteLine(kind, problem.text) for problem in outcome.problems)
    if shown.payable is None:
        return _mechanism_lines(shown)
    remarks = [NoteLine(remark.level, remark.text) for remark in shown.remarks]
    doubts = _doubt_lines(shown.doubts)
    parts = wait_parts(shown.wait)
    arithmetic = [NoteLine("info", f"等待期：{parts}")] if parts else []
    order = ["warning", UNSETTLED, ASSUMED, "info"]
    lines = sorted([*remarks, *doubts, *arithmetic], key=lambda line: order.index(line.kind))
    return tuple(lines)


def _mechanism_lines(shown: Assessment) -> tuple[NoteLine, ...]:
    """Return what is told where rules are missing, and what to do."""
    missing, *others = [remark.text for remark in shown.remarks]
    return (
        NoteLine(NO_RULES, missing),
        *(NoteLine("info", text) for text in others[:1]),
        NoteLine("info", _WAY_ON),
        *(NoteLine("info", text) for text in others[1:]),
        *_doubt_lines(tuple(doubt for doubt in shown.doubts if doubt.rule != RULES_MISSING)),
    )


def shortened(lines: tuple[NoteLine, ...], most: int) -> tuple[NoteLine, ...]:
    """Keep the first lines and say how many more F4 shows."""
    if len(lines) <= most:
        return lines
    left = len(lines) - most + 1
    return (*lines[: most - 1], NoteLine("info", f"还有 {left} 条，按 F4 全部列出。"))


def _doubt_lines(doubts: tuple[Doubt, ...]) -> list[NoteLine]:
    """Return one line for each rule in doubt, with the reading that tells most."""
    lines = []
    for text in dict.fromkeys(doubt.text for doubt in doubts):
        group = [doubt for doubt in doubts if doubt.text == text]
        worst = UNSETTLED if any(doubt.status == UNSETTLED for doubt in group) else ASSUMED
        others = {doubt.field: doubt.other for doubt in group if doubt.other is not None}
        field = next((name for name in _READING if name in others), "")
        other = f"另一读法：{_READING[field]} {others[field]}。" if field else ""
        lines.append(NoteLine(worst, f"{text}{other}"))
    return lines


def lapse_text(outcome: Outcome) -> str:
    """Return how many lapsed years count; empty while no history is known."""
    answer = outcome.assessment or outcome.mechanism
    if outcome.draft.insured_years is None or answer is None:
        return ""
    return f"按规则计入断保 {answer.lapsed_years} 年"


def compared_text(outcome: Outcome | None) -> str:
    """Tell in one line what another payment day comes to."""
    if outcome is None:
        return ""
    read = outcome.echo_at("payment_date")
    shown = outcome.assessment or outcome.mechanism
    if shown is None:
        return read
    if shown.payable is None:
        return f"换到 {read}：没有规则，{_wait_and_cover(shown)}（推算）"
    if shown.fee is None:
        return f"换到 {read}：这一天不能缴"
    return f"换到 {read}：{show_money(shown.fee.total)}，{_wait_and_cover(shown)}。按 Enter 采用"


def _wait_and_cover(shown: Assessment) -> str:
    cover = shown.coverage
    days = f"{cover.start.isoformat()} 起享受" if cover else "没有待遇"
    wait = f"等待 {wait_length(shown.wait)}" if shown.wait else "无等待期"
    return f"{wait}，{days}"


def sentence_to_say(outcome: Outcome) -> str:
    """Return what the clerk reads aloud; empty while there is no answer."""
    shown = outcome.on_screen
    return "" if shown is None else spoken_answer(shown, outcome.on)


def doubts_text(outcome: Outcome) -> str:
    """Count what is doubtful beside missing rules; empty where nothing is."""
    shown = outcome.on_screen or outcome.in_general
    if shown is None:
        return ""
    return doubt_line(tuple(one for one in shown.doubts if one.rule != RULES_MISSING))


def spoken(outcome: Outcome) -> str:
    """Tell the whole result in one sentence, for a screen reader."""
    shown = outcome.on_screen
    if shown is None:
        return "还没有结果"
    if shown.payable is None:
        return "".join(remark.text for remark in shown.remarks[:2])
    amount, wait, cover = amount_figure(shown), wait_figure(shown), cover_figure(shown)
    if not shown.payable:
        return f"{amount.value}：{amount.detail}"
    return (
        f"应缴 {amount.value}，{amount.detail}；等待期 {wait.value} {wait.detail}；"
        f"待遇 {cover.value} {cover.detail}"
    )
