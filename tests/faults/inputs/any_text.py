"""Any text in any field of the desk, up to the issued notice."""

import sys
import tempfile
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.errors import MedCounterError
from tests.faults.counter import AT, RESIDENT, opened
from tests.faults.rows import Figures
from tests.faults.scenes import memory_disk
from tests.property.test_desk_any_draft import drafts, texts
from tests.support.desk.counter_samples import issue_seen, ledger_page

# A resident who can be issued a notice, but for the texts of the notice itself.
likely = st.builds(
    partial(replace, RESIDENT),
    name=texts.map(lambda text: f"王{text}"),
    agent=texts,
    agent_relation=texts,
)

BAD = ("exceptions without a sentence", "issued and not found")


def fill_in(examples: int) -> Figures:
    """Compute so many drafts, and issue those that can be."""
    figures = dict.fromkeys(("drafts", "issued", *BAD), 0)
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        desk = opened(Path(room))

        def one(draft: Draft) -> None:
            figures["drafts"] += 1
            try:
                desk.households.save(Household((draft,)), AT)
                outcome = desk.outcome(draft, AT.date())
                if outcome.can_issue:
                    issued = issue_seen(desk, outcome, AT, f"any-{figures['drafts']}")
                    figures["issued"] += 1
                    found = ledger_page(desk, issued.notice.number or "").total
                    figures["issued and not found"] += found != 1
                    ledger_page(desk, draft.name[:20])
            except MedCounterError:
                pass
            except Exception:  # noqa: BLE001 - whatever else comes out is what we look for
                figures["exceptions without a sentence"] += 1
                sys.stderr.write(f"{draft!r}\n{traceback.format_exc()}\n")

        sure = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        sure(given(drafts | likely)(one))()
        desk.close()
    return figures
