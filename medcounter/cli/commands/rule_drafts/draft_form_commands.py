"""The commands ``authoring …`` that show a draft as a form and fill it in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator

from medcounter.authoring.document.path_text import path_of_text, path_text
from medcounter.authoring.form.form_records import (
    CardOffer,
    FieldGroup,
    FieldState,
    FormField,
    RuleCard,
)
from medcounter.cli.command import DONE
from medcounter.cli.draft_opening import look_at_draft, open_draft
from medcounter.cli.open_desk import now
from medcounter.cli.output import write
from medcounter.desk.authoring.draft_source_files import DraftSourceFiles
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.errors import MedCounterError


class NotOfferedError(MedCounterError):
    """表单现在没有这个操作，没有改动草稿；请用“authoring show”查看可以添加什么。"""


_STATES = {
    FieldState.INHERITED: "继承",
    FieldState.DERIVED: "推出",
    FieldState.CARRIED: "沿用，待确认",
    FieldState.EMPTY: "没有填",
}


def run_show(arguments: Namespace) -> int:
    """Show a draft as its form: sections, cards, fields with their paths."""
    with look_at_draft(arguments) as draft:
        form = draft.form
        for section in form.sections:
            if arguments.section not in ("", section.key, section.title):
                continue
            write(f"== {section.title}（{section.key}）")
            for card in section.cards:
                _show_card(draft, card, every=arguments.all)
            _show_offers(draft, section.offers)
    return DONE


def run_set(arguments: Namespace) -> int:
    """Put what was typed into a field."""
    with open_draft(arguments) as draft:
        path = path_of_text(draft.document, arguments.path)
        before = draft.version
        draft.change(path, arguments.text, now())
        changed = draft.version != before
        write(draft.history()[0].words if changed else "与原来相同，草稿不变。")
    return DONE


def run_add(arguments: Namespace) -> int:
    """Do what the form offers, and tell where it goes next."""
    with open_draft(arguments) as draft:
        offer = _offer(draft, arguments.maker, arguments.path)
        path = draft.do(offer, now())
        write(f"{offer.label}：接着填 {path_text(draft.document, path)}")
    return DONE


def run_cut(arguments: Namespace) -> int:
    """Take a card, a group or an entry out of a draft."""
    with open_draft(arguments) as draft:
        path = path_of_text(draft.document, arguments.path)
        draft.remove(path, now())
        write(f"已删去 {arguments.path}。")
    return DONE


def run_attach(arguments: Namespace) -> int:
    """Keep an announcement's file at its source."""
    with open_draft(arguments) as draft:
        path = path_of_text(draft.document, f"sources/{arguments.source}")
        file = DraftSourceFiles(draft).attach(arguments.file, int(path[-1]), now())
        write(f"已附上 {file.name}，SHA-256 {file.sha256}。")
    return DONE


def _offer(draft: OpenDraft, maker: str, where: str) -> CardOffer:
    """Find an offer of the form as it is now.

    Raises:
        NotOfferedError: The form does not offer it there.
    """
    offers = [
        offer
        for section in draft.form.sections
        for offer in (*section.offers, *(one for card in section.cards for one in _offers(card)))
        if offer.maker == maker
    ]
    if where:
        path = path_of_text(draft.document, where)
        offers = [offer for offer in offers if offer.path == path]
    if not offers:
        raise NotOfferedError(
            f"表单现在没有“{maker}”这个操作，没有改动草稿；请用“authoring show”查看可以添加什么。"
        )
    return offers[0]


def _offers(card: RuleCard) -> Iterator[CardOffer]:
    yield from card.offers
    for group in card.groups:
        yield from _group_offers(group)


def _group_offers(group: FieldGroup) -> Iterator[CardOffer]:
    yield from group.offers
    for inner in group.groups:
        yield from _group_offers(inner)


def _show_card(draft: OpenDraft, card: RuleCard, *, every: bool) -> None:
    origin = f"（{card.inherited_from}）" if card.inherited_from else ""
    raw = "（有表单写不下的内容，原样保留）" if card.raw else ""
    write(f"-- {card.title}{origin}{raw}")
    for field in card.fields:
        if every or field.state is not FieldState.EMPTY:
            write(f"   {_field(draft, field)}")
    _show_offers(draft, _offers(card))


def _field(draft: OpenDraft, field: FormField) -> str:
    state = _STATES.get(field.state, "")
    line = f"{field.label}：{field.text or '—'}" + (f"（{state}）" if state else "")
    return f"{line}  [{path_text(draft.document, field.path)}]"


def _show_offers(draft: OpenDraft, offers: Iterable[CardOffer]) -> None:
    for offer in offers:
        where = f" {path_text(draft.document, offer.path)}" if offer.path else ""
        write(f"   + {offer.label}  [{offer.maker}{where}]")
