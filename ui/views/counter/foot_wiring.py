"""The line below the form, and the form's phrases, with session and acts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome

    from ...acts import Acts
    from ...session.session import Session
    from .counter_view import CounterView


def wire_foot(view: CounterView, session: Session, acts: Acts) -> None:
    """Let the lines show what the session counts, calls and has left to set up.

    Args:
        view: Has the lines.
        session: The residents being served.
        acts: Who does each act; calling the next number is done here.
    """
    foot = view.foot
    session.tally.counted.connect(foot.show_tally)
    session.queue.called.connect(foot.show_number)
    session.queue.wanted.connect(foot.focus_number)
    foot.number_typed.connect(session.queue.take)
    foot.pressed.connect(acts.do)
    acts.offer({"call_next": session.queue.call_next})
    foot.show_number(session.queue.number)
    view.form.omnibox.recent_wanted.connect(session.arrivals.recall)
    session.search.recalled.connect(view.form.omnibox.show_recent)
    session.guide.changed.connect(foot.show_steps)
    view.derivation.pressed.connect(acts.do)
    view.form.phrases.pressed.connect(acts.do)
    session.updated.connect(partial(_show_phrases, view, session))
    session.guide.look_again()


def _show_phrases(view: CounterView, session: Session, _outcome: Outcome) -> None:
    """Offer the phrases of the hall as they are set now."""
    if session.desk is not None:
        view.form.phrases.show_phrases(session.desk.settings.phrases)
