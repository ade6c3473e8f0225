"""The commands ``authoring …`` that show a draft as a form and fill it in."""

from __future__ import annotations

from argparse import Namespace

from medcounter.authoring.document.path_text import path_of_text, path_text
from medcounter.authoring.form.form_records import CardOffer, FieldState, FormField, RuleCard
from medcounter.cli.command import DONE
from medcounter.cli.open_desk import now
from medcounter.cli.open_draft import look_at_draft, open_draft
from medcounter.cli.output import write
from medcounter.desk.authoring.draft_notices import DraftNotices
from medcounter.desk.authoring.draft_session import DraftSession

_STATES = {
    FieldState.INHERITED: "继承",
    FieldState.DERIVED: "推出",
    FieldState.CARRIED: "沿用，待确认",
    FieldState.EMPTY: "没有填",
}


def run_show(arguments: Namespace) -> int:
    """Show a draft as its form: sections, cards, fields with their paths."""
    with look_at_draft(arguments) as session:
        form = session.form
        for section in form.sections:
            if arguments.section not in ("", section.key, section.title):
                continue
            write(f"== {section.title}（{section.key}）")
            for card in section.cards:
                _show_card(session, card, every=arguments.all)
            _show_offers(session, section.offers)
    return DONE


def run_set(arguments: Namespace) -> int:
    """Put what was typed into a field."""
    with open_draft(arguments) as session:
        path = path_of_text(session.document, arguments.path)
        before = session.version
        session.change(path, arguments.text, now())
        changed = session.version != before
        write(session.history()[0].words if changed else "与原来相同，草稿不变。")
    return DONE


def run_cut(arguments: Namespace) -> int:
    """Take a card, a group or an entry out of a draft."""
    with open_draft(arguments) as session:
        path = path_of_text(session.document, arguments.path)
        session.remove(path, now())
        write(f"已删去 {arguments.path}。")
    return DONE


def run_attach(arguments: Namespace) -> int:
    """Keep a notice's file at its source."""
    with open_draft(arguments) as session:
        path = path_of_text(session.document, f"sources/{arguments.source}")
        file = DraftNotices(session).attach(arguments.file, int(path[-1]), now())
        write(f"已附上 {file.name}，SHA-256 {file.sha256}。")
    return DONE


def _show_card(session: DraftSession, card: RuleCard, *, every: bool) -> None:
    origin = f"（{card.inherited_from}）" if card.inherited_from else ""
    raw = "（有表单写不下的内容，原样保留）" if card.raw else ""
    write(f"-- {card.title}{origin}{raw}")
    for field in card.fields:
        if every or field.state is not FieldState.EMPTY:
            write(f"   {_field(session, field, inherited=bool(card.inherited_from))}")
    _show_offers(session, card.offers)


def _field(session: DraftSession, field: FormField, *, inherited: bool) -> str:
    state = _STATES.get(field.state, "")
    said = f"{field.label}：{field.text or '—'}" + (f"（{state}）" if state else "")
    return said if inherited else f"{said}  [{path_text(session.document, field.path)}]"


def _show_offers(session: DraftSession, offers: tuple[CardOffer, ...]) -> None:
    for offer in offers:
        where = f" {path_text(session.document, offer.path)}" if offer.path else ""
        write(f"   + {offer.label}  [{offer.maker}{where}]")
