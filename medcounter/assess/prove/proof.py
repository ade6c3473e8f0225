"""Prove a bundle before activation, and list what its author has to answer.

Every programme and benefit year is proven on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.known_proofs import KnownProofs
from medcounter.assess.prove.programme_proof import prove_programme
from medcounter.assess.prove.rule_warnings import (
    ProvenYear,
    bundle_warnings,
    unanswered,
    written_at,
)
from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import Fault

# From this format on what looks like a slip has to be answered.
_ANSWERED_SINCE = 2
# Not told where nobody can say the fee.
_WITH_A_FEE = frozenset({"subsidy"})


def _untold_count(_done: int, _total: int) -> None:
    """Tell nobody how far the proof is."""


def prove(
    bundle: Bundle,
    known: KnownProofs | None = None,
    progress: Callable[[int, int], None] = _untold_count,
) -> tuple[Fault, ...]:
    """List every gap and every overlap of a checked bundle.

    A bundle of the newer format has to answer its warnings as well; these are told
    where there is nothing worse.

    Args:
        bundle: Checked.
        known: Proofs of an earlier check, which are not made again.
        progress: Told after each programme and year how many are done, of how many.

    Returns:
        One fault for each question and set of rules, with the first case
        found; empty when the bundle is sound.
    """
    proven = tuple(prove_years(bundle, known, progress))
    faults: dict[tuple[int, str, tuple[str, ...]], Fault] = {}
    for one in proven:
        for finding in one.proof.findings:
            path = written_at(bundle.programmes[one.at], one.at, finding.rules)
            fault = Fault(path, f"{one.year} 年度：{finding.text}")
            faults.setdefault((one.at, finding.question, finding.rules), fault)
    if faults or bundle.format < _ANSWERED_SINCE:
        return tuple(faults.values())
    return unanswered(bundle, bundle_warnings(bundle, [one for one in proven if not one.missing]))


def prove_years(
    bundle: Bundle,
    known: KnownProofs | None = None,
    progress: Callable[[int, int], None] = _untold_count,
) -> Iterator[ProvenYear]:
    """Prove every programme that answers for a place, year by year.

    Where one gives no window and no fee, what is known without them is proven.
    """
    book = RuleBook.open(bundle, "", signed=False)
    make = known.proof if known else prove_programme
    spans = [one.benefit_years for one in bundle.programmes]
    total = sum(years.end - years.start + 1 for years in spans)
    done = 0
    for at, (programme, years) in enumerate(zip(bundle.programmes, spans, strict=True)):
        for year in range(years.start, years.end + 1):
            asked = programme.region, programme.scheme, year
            missing = not book.answers(*asked)
            compiled = book.mechanism(*asked) if missing else book.programme(*asked)
            if compiled is not None:
                untold = _WITH_A_FEE if missing else frozenset[str]()
                proof = make(compiled, book.names.events, untold)
                yield ProvenYear(at, year, compiled, proof, missing)
            done += 1
            progress(done, total)
