"""What the editor is told of a draft: its sections, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from medcounter.authoring.form.form_records import CardOffer, FieldState
from medcounter.authoring.form.form_sections import EXAMPLES
from medcounter.authoring.form.rule_cards import REMOVE
from medcounter.desk.authoring.draft_lines import STATE_LABELS, reviewer_of, waiting_for
from medcounter.desk.authoring.draft_rolling import SENTENCE_KEYS, DraftRolling
from medcounter.desk.authoring.returned_marks import returned_marks
from medcounter.desk.authoring.roll_section import roll_section
from medcounter.wording.terms import SHORT_SCHEMES

from .field_rows import is_blank
from .section_list import SectionLine
from .studio_state import EditorState, FormMarks, NextSteps, Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcounter.authoring.form.form_records import FormSection, PlaceForm, RuleCard
    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.json_path import JsonPath

    from .live.live_work import Meaning


# What the section of examples offers in a draft that was rolled forward.
PROPOSALS = "season-proposals"
_VERDICTS = {"ticked": "✓ 审签单上核对一致", "refused": "✗ 审签单上说不一致"}


_HANDED_OVER = "已交复核，这里只能看，不能改；要改的，在“复核签发”里退回编制。"
_RELEASED = "已发布，这里只能看，不能改；要改的，另编一份草稿。"

_YOUR_TURN = "轮到您了：逐条看过有哪些不同，输入您的口令签名；要改的，退回编制。"
_TO_DESKS = (
    "两人都已签名。接下来：存成签了名的文件，用 U 盘带到其他窗口，在那里的“规则”里采用；"
    "审签单打印盖章，存档；到办理页先试办一位，与公告核对。"
)
_WAYS_TO_DESKS = (
    ("studio_export", "存签名文件"),
    ("studio_sheet", "审签单"),
    ("view_counter", "去办理"),
)


class StageWords(NamedTuple):
    """How a draft stands.

    Attributes:
        label: In Chinese.
        tone: Of that.
        hand_on: What handing it on does then.
        export: What saving it gives then.
        fixed: Why its fields can't be changed then, and what to do; empty where they can.
    """

    label: str
    tone: str
    hand_on: str
    export: str
    fixed: str = ""


STAGES = {
    "writing": StageWords(STATE_LABELS["writing"], "wait", "交复核", "存成文件"),
    "handed-over": StageWords(
        STATE_LABELS["handed-over"], "doubt", "复核签发", "存成文件", _HANDED_OVER
    ),
    "released": StageWords(
        STATE_LABELS["released"], "cover", "本窗口采用", "存签名文件", _RELEASED
    ),
}


def next_steps(draft: OpenDraft) -> NextSteps:
    """Return what comes next for whoever looks at a draft that left its author."""
    stored = draft.stored
    if stored.state == "released":
        return NextSteps(_TO_DESKS, _WAYS_TO_DESKS)
    if waiting_for((stored,), draft.context):
        return NextSteps(_YOUR_TURN, (("studio_hand_on", "看过，签名"),))
    if reviewer := reviewer_of(stored):
        text = f"下一步：请{reviewer}登录这个窗口，程序会提醒有草稿等着签名。"
        return NextSteps(text, (("lock", "换人登录"), ("studio_sheet", "审签单")))
    return NextSteps()


def editor_state(
    draft: OpenDraft, form: PlaceForm, section: FormSection, marks: FormMarks
) -> EditorState:
    """Return what the editor shows of a draft, as far as the draft itself says it."""
    year = "–".join(dict.fromkeys((f"{form.first_year}", f"{form.last_year}")))
    stage = STAGES[draft.stored.state]
    return EditorState(
        title=f"{form.name} · {year} 年度 · {SHORT_SCHEMES[form.scheme]}",
        stage_label=stage.label,
        stage_tone=stage.tone,
        check="",
        hand_on_label=stage.hand_on,
        export_label=stage.export,
        lines=tuple(section_line(one, marks) for one in form.sections),
        section=section,
        marks=marks,
        next_steps=next_steps(draft),
    )


def form_marks(
    draft: OpenDraft | None,
    form: PlaceForm | None,
    typed: Mapping[JsonPath, Typed],
    warned: Mapping[JsonPath, str],
) -> FormMarks:
    """Return what is said at the fields of a draft's form.

    Args:
        draft: The draft; None while none is open.
        form: Of it.
        typed: What is typed in, and could not be read.
        warned: What a field is warned of.
    """
    if draft is None:
        return FormMarks(dict(typed), warned)
    carried = carried_fields(DraftRolling(draft), form)
    remarks, refused = returned_said(draft)
    return FormMarks(
        dict(typed), warned, carried, remarks, refused, STAGES[draft.stored.state].fixed
    )


def form_with_rolling(draft: OpenDraft) -> PlaceForm:
    """Put what only the new announcement can tell before the sections of the form."""
    roll = DraftRolling(draft)
    questions, form = roll.questions, draft.form
    sections = (roll_section(questions),) if questions else ()
    if waiting := roll.waiting_examples:
        offer = CardOffer(PROPOSALS, f"上一年度的算例 {waiting} 个，看一看")
        form = replace(
            form,
            sections=tuple(
                replace(one, offers=(*one.offers, offer)) if one.key == EXAMPLES else one
                for one in form.sections
            ),
        )
    return replace(form, sections=(*sections, *form.sections)) if sections else form


def check_text(meant: Meaning) -> str:
    """Describe the progress of the background check, and its findings."""
    if not meant.checked:
        return "正在核对…"
    blocking = sum(1 for one in meant.warnings if one.blocks)
    asked = sum(1 for one in meant.warnings if not one.blocks and one.is_open)
    if not blocking and not asked:
        return "✓ 没有要改、要答的"
    parts = [f"{blocking} 处要改"] * bool(blocking) + [f"{asked} 处要答"] * bool(asked)
    return f"⚠ {'，'.join(parts)}"


def first_open(form: PlaceForm, marks: FormMarks) -> str:
    """Return the key of the first section that has an open field, else of the first."""
    open_ones = (one.key for one in form.sections if section_line(one, marks).open)
    return next(open_ones, form.sections[0].key)


def kept_typed(typed: dict[JsonPath, Typed], offer: CardOffer) -> dict[JsonPath, Typed]:
    """Keep unreadable text if an act leaves all paths as they are."""
    unread = {path: one for path, one in typed.items() if one.sentence}
    if offer.maker != REMOVE:
        return unread
    held = offer.path[:-1]
    return {path: one for path, one in unread.items() if path[: len(held)] != held}


def section_line(section: FormSection, marks: FormMarks) -> SectionLine:
    """Return a section as it is listed."""
    own = [card for card in section.cards if not card.inherited_from]
    blank = {field.path for card in own for field in card.fields if is_blank(field)}
    stops = (path for card in section.cards for path in card_stops(card))
    waiting = sum(1 for path in stops if marks.is_open(path) or path in blank)
    return SectionLine(section.key, section.title, len(own), waiting)


def card_stops(card: RuleCard) -> tuple[JsonPath, ...]:
    """List the card and the fields that may want an answer, in the order shown."""
    fields = () if card.inherited_from else card.fields
    return card.path, *(field.path for field in fields)


def carried_fields(roll: DraftRolling, form: PlaceForm | None) -> frozenset[JsonPath]:
    """List the fields that still say what last year's announcement said.

    Also what has no figure was carried over: where it stands in the announcement is asked. A
    sentence that follows from its answers is no longer last year's.
    """
    paths = {one.path for one in roll.carried}
    clauses = ((*path, "clause") for path in paths)
    cards = () if form is None or not paths else form.own_cards
    sentences = (
        field.path
        for card in cards
        if card.path in paths
        for field in card.fields
        if field.path[:-1] == card.path and field.path[-1] in SENTENCE_KEYS
        if field.value and field.state is not FieldState.DERIVED
    )
    return frozenset((*roll.figures, *clauses, *sentences))


def next_stop(form: PlaceForm, marks: FormMarks, here: JsonPath | None) -> JsonPath | None:
    """Return the next card or field that wants an answer; None where none does.

    Args:
        form: The draft's.
        marks: What is said at its fields.
        here: Where the keys are: a field, or a card, after whose last field it goes on.
    """
    paths = [path for card in form.cards for path in card_stops(card)]
    blank = {field.path for field in form.fields if is_blank(field)}
    wanted = [path for path in paths if marks.is_open(path) or path in blank]
    at = next((n for n, path in enumerate(paths) if path == here), -1)
    if at < 0 and here:
        at = max((n for n, one in enumerate(paths) if one[: len(here)] == here), default=-1)
    return next((one for one in wanted if paths.index(one) > at), next(iter(wanted), None))


def returned_said(draft: OpenDraft) -> tuple[dict[JsonPath, str], frozenset[JsonPath]]:
    """Say at each field what the office said of it, and where it disagrees."""
    marks = returned_marks(draft.contents)
    refused = frozenset(path for path, one in marks.items() if one.verdict == "refused")
    remarks = {
        path: "：".join(filter(None, (_VERDICTS.get(one.verdict, "审签单上写着"), one.remark)))
        for path, one in marks.items()
    }
    return remarks, refused


def section_of(form: PlaceForm, path: JsonPath) -> str:
    """Return the key of the section in which a path stands; empty for none."""
    around = [
        (len(card.path), section.key)
        for section in form.sections
        for card in section.cards
        if path[: len(card.path)] == card.path
    ]
    return max(around)[1] if around else ""
