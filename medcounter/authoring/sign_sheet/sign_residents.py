"""The sample residents of a draft as they stand on the sheet."""

from __future__ import annotations

from collections.abc import Iterable

from medcounter.authoring.live.sample_table import SampleRow, SampleTable
from medcounter.authoring.sign_sheet.sign_sheet import SignedResident, SignedResidents


def signed_residents(tables: Iterable[SampleTable]) -> SignedResidents:
    """Put the residents of a draft's years on the sheet.

    Args:
        tables: One for each benefit year.
    """
    worked_out = tuple(tables)
    rows = tuple(_resident(row) for table in worked_out for row in table.rows)
    return SignedResidents(rows, all(table.complete for table in worked_out))


def _resident(row: SampleRow) -> SignedResident:
    now = row.now
    # The sentence on why there is no answer stands where the period would.
    return SignedResident(
        row_id=row.id,
        person=row.person,
        paid_on=row.facts.payment_date.isoformat(),
        period="" if now.refused else now.period,
        pays=now.pays,
        waits=now.waits,
        covered=now.covered,
        in_doubt=now.in_doubt,
        refused=now.period if now.refused else "",
    )
