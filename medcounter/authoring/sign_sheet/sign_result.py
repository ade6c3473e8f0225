"""Match a table that came back with the sheet as it is now: what counts of it.

Nothing that somebody wrote is lost: what cannot be counted is said with its row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medcounter.authoring.sign_sheet import sign_columns as columns
from medcounter.authoring.sign_sheet.returned_table import ReturnedRow, ReturnedTable
from medcounter.authoring.sign_sheet.sign_errors import ReturnedTableOtherDraftError
from medcounter.authoring.sign_sheet.sign_sheet import SignSheet
from medcounter.json_path import JsonPath
from medcounter.roster.list_words import CROSSES, TICKS
from medcounter.typed.typed_text import plain, quote

_TICKED = TICKS | {"v", "y", "yes", "是", "对", "一致", "同意", "1"}
_REFUSED = CROSSES | {"x", "n", "no", "否", "不", "错", "不一致", "不同意", "不符", "0"}
_MOST_NAMED = 5


class SignVerdict(StrEnum):
    """An office's verdict on one row."""

    TICKED = "ticked"
    REFUSED = "refused"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """What came back of one row of the sheet.

    Attributes:
        row_id: Of the row; for a sample resident that of the example it makes.
        path: Where the value stands; None for a sample resident.
        name: The row in words.
        remark: What the office wrote; kept whatever the verdict.
    """

    row_id: str
    path: JsonPath | None
    name: str
    verdict: SignVerdict
    remark: str


@dataclass(frozen=True, slots=True)
class SignResult:
    """Everything that came back.

    Attributes:
        answers: Every row of the sheet as it is now, in its order.
        problems: What was not counted, and what is missing, each one sentence.
        others: What was written outside the rows, with its place.
        is_same_state: Whether nothing changed since the table was made.
    """

    answers: tuple[SignedAnswer, ...]
    problems: tuple[str, ...]
    others: tuple[str, ...]
    is_same_state: bool

    @property
    def ticked(self) -> tuple[JsonPath, ...]:
        """Paths of the values that agree with the announcement."""
        return tuple(
            one.path
            for one in self.answers
            if one.verdict is SignVerdict.TICKED and one.path is not None
        )

    @property
    def ticked_residents(self) -> tuple[str, ...]:
        """Ids of the sample residents that agree with it."""
        return tuple(
            one.row_id
            for one in self.answers
            if one.verdict is SignVerdict.TICKED and one.path is None
        )

    @property
    def refused(self) -> tuple[SignedAnswer, ...]:
        """What does not agree, with its remark."""
        return tuple(one for one in self.answers if one.verdict is SignVerdict.REFUSED)

    @property
    def unanswered(self) -> tuple[SignedAnswer, ...]:
        """What nobody ticked, or not so that it counts."""
        return tuple(one for one in self.answers if one.verdict is SignVerdict.OPEN)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row of the sheet as it is now."""

    row_id: str
    path: JsonPath | None
    mark: str
    name: str
    shown: str


def sign_result(sheet: SignSheet, returned: ReturnedTable) -> SignResult:
    """Match a table with the sheet as it would be made now.

    Args:
        sheet: Of the draft as it is now.
        returned: What came back.

    Raises:
        ReturnedTableOtherDraftError: It is of another draft.
    """
    if returned.draft != sheet.state.draft:
        raise ReturnedTableOtherDraftError(
            f"这是另一份草稿（{quote(returned.draft)}）的审签单，现在打开的是"
            f"“{sheet.title}”（{quote(sheet.state.draft)}），没有读进来，草稿不变；"
            "请打开那一份草稿，或核对是否选错了文件。"
        )
    by_id: dict[str, list[ReturnedRow]] = defaultdict(list)
    for row in returned.rows:
        by_id[row.mark.partition("#")[0]].append(row)
    wanted = tuple(_wanted(sheet))
    answers, problems = [], []
    for one in wanted:
        answer, sentences = _answer(one, by_id.get(one.row_id, []))
        answers.append(answer)
        problems += sentences
    problems += _not_there(wanted, by_id)
    strange = {row_id for row_id in by_id if row_id not in {one.row_id for one in wanted}}
    problems += [_strange(row) for row in returned.rows if row.mark.partition("#")[0] in strange]
    return SignResult(
        tuple(answers),
        tuple(problems),
        tuple(f"{row.place}：{row.text}" for row in returned.others),
        is_same_state=returned.sha256 == sheet.state.sha256,
    )


def _wanted(sheet: SignSheet) -> Iterator[_Wanted]:
    for section, card in sheet.cards:
        for line in card.lines:
            name = f"{section.title} · {card.title} · {line.label}"
            yield _Wanted(line.row_id, line.path, line.mark, name, line.value)
    for one in sheet.residents.rows:
        name = f"{columns.RESIDENTS_SHEET} · {one.person}，{one.paid_on} 缴费"
        yield _Wanted(one.row_id, None, one.mark, name, one.pays)


def _answer(wanted: _Wanted, rows: Sequence[ReturnedRow]) -> tuple[SignedAnswer, list[str]]:
    """Evaluate one returned row: its verdict, and what does not count."""
    read = [_read(wanted, row) for row in rows]
    remarks = [sentence for _, sentences in read for sentence in sentences]
    verdicts = {verdict for verdict, _ in read}
    remark = "；".join(dict.fromkeys(row.remark for row in rows if row.remark))
    verdict = verdicts.pop() if len(verdicts) == 1 else SignVerdict.OPEN
    if len(rows) > 1:
        places = "、".join(row.place for row in rows)
        how = "各行的勾选不同，都不算" if verdicts else "各行的勾选相同，算一次"
        remarks.append(f"{quote(wanted.name)}在表里有 {len(rows)} 行（{places}）：{how}。")
    edited = [row.shown for row in rows if _is_edited(wanted, row)]
    notes = [f"表里改成了“{text}”" for text in dict.fromkeys(edited)]
    remark = "；".join([*notes, *([remark] if remark else [])])
    return SignedAnswer(wanted.row_id, wanted.path, wanted.name, verdict, remark), remarks


def _read(wanted: _Wanted, row: ReturnedRow) -> tuple[SignVerdict, list[str]]:
    where = f"{row.place}（{wanted.name}）"
    if row.mark != wanted.mark:
        then = f"发出时是“{row.shown}”，现在是“{wanted.shown}”"
        text = f"{where}：发出以后这一行改过（{then}，或依据、疑点改过），勾选不算，请重新核对。"
        return SignVerdict.OPEN, [text]
    if row.formulas & {columns.TICK, columns.REMARK, columns.MARK}:
        named = "、".join(sorted(row.formulas))
        return SignVerdict.OPEN, [f"{where}：“{named}”栏里是公式，不算；请直接填√或×。"]
    if _is_edited(wanted, row):
        text = f"{where}：内容被改成了“{row.shown}”，按不一致记下，草稿没有跟着改。"
        return SignVerdict.REFUSED, [text]
    if row.tick and row.is_struck:
        return SignVerdict.OPEN, [f"{where}：勾选划掉了，不算。"]
    return _ticked(where, row)


def _ticked(where: str, row: ReturnedRow) -> tuple[SignVerdict, list[str]]:
    tick = plain(row.tick).casefold().rstrip("。.")
    if not tick:
        sentences = [f"{where}：写了备注“{row.remark}”，没有打√或×。"] if row.remark else []
        return SignVerdict.OPEN, sentences
    if tick in _TICKED:
        return SignVerdict.TICKED, []
    if tick in _REFUSED:
        sentences = [] if row.remark else [f"{where}：打了×，没有写应为多少。"]
        return SignVerdict.REFUSED, sentences
    return SignVerdict.OPEN, [f"{where}：勾选写的是{quote(row.tick)}，看不懂，不算；请填√或×。"]


def _is_edited(wanted: _Wanted, row: ReturnedRow) -> bool:
    same_mark = row.mark == wanted.mark
    return same_mark and _folded(row.shown) != _folded(wanted.shown)


def _folded(text: str) -> str:
    return "".join(plain(text).split())


def _not_there(
    wanted: Sequence[_Wanted], by_id: Mapping[str, Sequence[ReturnedRow]]
) -> Iterator[str]:
    missing = [one.name for one in wanted if one.row_id not in by_id]
    if missing:
        named = "；".join(missing[:_MOST_NAMED])
        more = "等" if len(missing) > _MOST_NAMED else ""
        yield (
            f"有 {len(missing)} 项不在表里（发出以后新加的，或在表里被删去了）："
            f"{named}{more}；按没有核对记下。"
        )


def _strange(row: ReturnedRow) -> str:
    remark = f"，备注“{row.remark}”" if row.remark else ""
    return (
        f"{row.place}不在现在的草稿里（发出以后删去了，或核对码改过）："
        f"{quote(row.shown or row.text)}，勾选“{row.tick}”{remark}，没有采用。"
    )
