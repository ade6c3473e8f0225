"""The form and the options of the counter, connected with the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...session.session import Session
    from .counter_view import CounterView


def wire_form(view: CounterView, session: Session, act: Callable[[str], object]) -> None:
    """Let what is typed reach the session, and what it finds out be shown.

    Args:
        view: Has the form.
        session: The residents being served.
        act: Does an act of the table of shortcuts.
    """
    form = view.form
    form.edited.connect(session.edit)
    view.options.edited.connect(session.edit)
    form.taken.connect(session.arrivals.take_match)
    form.unknown.connect(session.arrivals.take_unknown)
    view.members.pressed.connect(session.turn_to)
    view.members.acted.connect(act)
    view.result.acted.connect(act)
    session.gathered.connect(view.show_gathering)
    session.search.sought.connect(form.omnibox.show_matches)
    form.day_asked.connect(session.comparison.ask)
    form.day_taken.connect(session.comparison.take)
    session.asked.connect(form.show_questions)
    session.offered.connect(form.show_terms)
    session.comparison.compared.connect(form.show_compared)
