"""The window's own messages: one at a time, in the strip.

Contains records and sentences; draws nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medcounter.desk.evaluate.household import is_blank

if TYPE_CHECKING:
    from pathlib import Path

    from medcounter.desk.desk_records import BundleState
    from medcounter.desk.evaluate.outcome import Outcome
    from medcounter.errors import MedCounterError

GOOD = "good"
PLAIN = "plain"
PROBLEM = "problem"


class Message(NamedTuple):
    """One line for the strip.

    Attributes:
        tone: ``good``, ``plain`` or ``problem``.
        text: The sentence.
        seconds: How long it may be read; 0 for until the next.
        after: What is said when they are over.
        folder: Where what was saved lies, to be opened; empty for nothing.
    """

    tone: str
    text: str
    seconds: int = 0
    after: str = ""
    folder: str = ""


_MARK = {GOOD: "✓", PROBLEM: "⚠", PLAIN: "ⓘ"}


def marked(message: Message) -> str:
    """Write a message with its mark: colour is never the only sign."""
    return f"{_MARK[message.tone]} {message.text}"


LOADING = Message(PLAIN, "正在装入规则和台账，可以先填写")
CLEARED = Message(PLAIN, "已清空，按 Ctrl+Z 恢复")
UNDONE = Message(GOOD, "已撤销一步，按 Ctrl+Shift+Z 重做")
REDONE = Message(GOOD, "已重做一步")
NOTHING_TO_UNDO = Message(PLAIN, "没有可以撤销的；已出的通知单在台账里作废")
NOTHING_TO_REDO = Message(PLAIN, "没有可以重做的")
NO_DRAFT = Message(PLAIN, "先打开一份草稿；新编一份按 Ctrl+N")
NOTHING_TO_UNDO_HERE = Message(PLAIN, "没有可以撤销的")
NOTHING_CARRIED = Message(PLAIN, "这里没有沿用上年、等着核对的")
ALL_ANSWERED = Message(GOOD, "没有要答的地方了")
LAST_SECTION = Message(PLAIN, "填到最后一节了；按 F8 看还有什么没有答完")
ALREADY_HERE = Message(PLAIN, "这个人已在本户，已转到")
ONLY_MEMBER = Message(PLAIN, "本户只有一人，不能移出；按 F2 清空")
CARD_BEHIND_DIALOG = Message(PROBLEM, "没有读这张卡；先关掉打开的对话框，再刷一次")
NOBODY_WAITS = Message(PLAIN, "没有暂放的；填了内容再按 Ctrl+H 暂放")
TAKEN_BACK = Message(GOOD, "已取回暂放的一户")
MEMBER_REMOVED = Message(PLAIN, "已移出本户，按 Ctrl+Z 恢复")
NOBODY_SERVED = Message(PLAIN, "登录以后还没有出过单；出过的，从这里可以再找到")
NO_QUEUE = Message(PLAIN, "填一次现在的排队号，如 A012；以后按 Alt+N 叫下一号，按 Esc 回到证件号码")
PLACE_FIRST = Message(
    PLAIN, "先选参保地：按 Alt+R 或点上边的“参保地”；在设置里选好，以后每位都先填成它"
)
NOTHING_WRONG = Message(GOOD, "没有要改正的地方")
READY = Message(GOOD, "可以出单，按 F9")
SEE_FIRST = Message(PROBLEM, "没有出单；看清上面写的，要出按 Ctrl+F9，不出按 Esc")
NOTHING_ASKED = Message(PLAIN, "没有要确认的；出单按 F9")
FATE_FIRST = Message(PROBLEM, "上一笔结果待核对，没有出单；请先按上方的“现在核对”。")
NOT_STORED = Message(GOOD, "已核对：上一笔没有保存，也没有用掉编号；可以重新出单。")
UNFORESEEN = Message(
    PROBLEM, "刚才的操作没有完成，已填写的内容还在；请再试一次，仍不行请联系技术支持。"
)


def look_first_message(key: str) -> Message:
    """Say that an act was not done while another view hid whom it meant."""
    return Message(PLAIN, f"已回到办理，刚才什么都没做；看清是哪一位，再按一次 {key}")


def waiting_message(view: str, key: str) -> Message:
    """Tell that something is to be answered in a view which is not in front."""
    return Message(PLAIN, f"“{view}”里有事要您看；手上的办完后按 {key} 打开")


def spelt_message(text: str) -> Message:
    """Say that an act was not done while a name was still being spelt."""
    return Message(
        PROBLEM,
        f"“{text}”是输入法里还没选成汉字的拼音，已放进这一栏，刚才的键没有执行；"
        "请改成汉字，确是字母就再按一次",
    )


def unforeseen_message(report: Path | None) -> Message:
    """Tell that something nobody foresaw happened, and where the report lies."""
    if report is None:
        return UNFORESEEN
    text = f"故障报告在“{report}”，不含居民信息，可以交给技术支持。"
    return Message(PROBLEM, f"{UNFORESEEN.text}{text}")


def trust_word(state: BundleState) -> str:
    """Explain why the rules in use are trusted: the program's own, or signed."""
    if state.origin == "shipped":
        return "✓ 随程序自带"
    return "✓ 已验签" if state.signed else "⚠ 未验签"


def outcome_message(outcome: Outcome) -> Message:
    """Return what stands in the way of a notice, the first problem first."""
    if outcome.problems and is_blank(outcome.draft):
        # Nothing was done yet, so nothing was done wrong.
        first = outcome.problems[0]
        return PLACE_FIRST if first.field == "region" else Message(PLAIN, first.text)
    count = len(outcome.problems)
    if count > 1:
        return Message(PROBLEM, f"{count} 处要改正（F8 逐处看）：{outcome.problems[0].text}")
    if count:
        return Message(PROBLEM, outcome.problems[0].text)
    if outcome.blocked_by:
        return Message(PLAIN, outcome.blocked_by)
    return READY


def told_problem(error: MedCounterError) -> Message:
    """Tell a refusal by its sentence."""
    return Message(PROBLEM, error.text)


def parked(count: int) -> Message:
    """Tell that somebody waits beside the counter."""
    return Message(GOOD, f"已暂放，共 {count} 户在等；空着时按 Ctrl+H 取回等得最久的")


def called(number: str, *, waits: bool) -> Message:
    """Tell which number is called; who stands there keeps the screen."""
    if waits:
        return Message(PLAIN, f"下一号是 {number}；这一位办完、按 F2 后，居民屏上显示")
    return Message(GOOD, f"已叫 {number}，居民屏上显示“请 {number} 号”")


def member_added(count: int) -> Message:
    """Tell that somebody joined the household."""
    return Message(GOOD, f"已加入本户，共 {count} 人；按 Ctrl+Z 撤销，F6 换人，F9 全户出单")


def issued_together_message(numbers: tuple[str, ...]) -> Message:
    """Tell under which numbers a household's notices were issued."""
    span = f"{numbers[0]} 至 {numbers[-1]}"
    return Message(GOOD, f"全户 {len(numbers)} 人已出单 {span}，按 F2 办理下一户")


def issued_message(number: str) -> Message:
    """Tell under which number a notice was issued."""
    return Message(GOOD, f"已出单 {number}，按 F2 办理下一位")
