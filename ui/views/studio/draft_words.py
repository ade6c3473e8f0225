"""What the editor is told of a draft: its sections, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from medcounter.authoring.form.rule_cards import REMOVE
from medcounter.desk.authoring.draft_season import DraftSeason
from medcounter.desk.authoring.season_section import season_section

from .field_rows import is_blank
from .section_list import SectionLine

if TYPE_CHECKING:
    from medcounter.authoring.form.form_records import CardOffer, FormSection, PlaceForm
    from medcounter.desk.authoring.draft_session import DraftSession
    from medcounter.json_path import JsonPath

    from .live.live_work import Meaning
    from .studio_state import FormMarks, Typed


def form_with_season(draft: DraftSession) -> PlaceForm:
    """Put what only the new notice can tell before the sections of the form."""
    questions = DraftSeason(draft).questions
    form = draft.form
    return (
        replace(form, sections=(season_section(questions), *form.sections)) if questions else form
    )


def check_text(meant: Meaning) -> str:
    """Say how far the check in the background is, and what it found."""
    if not meant.checked:
        return "正在核对…"
    blocking = sum(1 for one in meant.warnings if one.blocks)
    asked = sum(1 for one in meant.warnings if not one.blocks and one.is_open)
    if not blocking and not asked:
        return "✓ 没有要改、要答的"
    said = [f"{blocking} 处要改"] * bool(blocking) + [f"{asked} 处要答"] * bool(asked)
    return f"⚠ {'，'.join(said)}"


def first_open(form: PlaceForm, marks: FormMarks) -> str:
    """Return the key of the first section that has an open field, else of the first."""
    open_ones = (one.key for one in form.sections if section_line(one, marks).open)
    return next(open_ones, form.sections[0].key)


def kept_typed(typed: dict[JsonPath, Typed], offer: CardOffer) -> dict[JsonPath, Typed]:
    """Keep what could not be read, where an act leaves the paths as they are."""
    unread = {path: one for path, one in typed.items() if one.sentence}
    if offer.maker != REMOVE:
        return unread
    held = offer.path[:-1]
    return {path: one for path, one in unread.items() if path[: len(held)] != held}


def section_line(section: FormSection, marks: FormMarks) -> SectionLine:
    """Return a section as it is listed."""
    own = [card for card in section.cards if not card.inherited_from]
    fields = (field for card in own for field in card.fields)
    waiting = sum(1 for field in fields if marks.is_open(field.path) or is_blank(field))
    return SectionLine(section.key, section.title, len(own), waiting)
