"""Lay rules of halls over an office's bundle: what they may say, and their proof.

A hall fills what an office leaves open and replaces nothing. What is checked here
needs the office's bundle and no desk. Opens no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.local_rules import LocalRules, NamedBundle
from medcounter.assess.read_facts import read_facts
from medcounter.bundle.hall import hall_bundle_errors
from medcounter.bundle.hall.hall_bundle import HallBundle, HallRelease
from medcounter.bundle.overlay import laid_over
from medcounter.bundle.signed_package import OpenedBundle
from medcounter.errors import MedCounterError
from medcounter.places.place_code import NATION
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import Fault
from medcounter.rules.inherit import lineage
from medcounter.rules.load import read_decoded, read_known
from medcounter.strict_json import canonical, read_strict
from medcounter.wording.difference_words import field_word

_MOST_TOLD = 3


def require_uncovered(release: HallRelease, base: OpenedBundle) -> None:
    """See that a hall's rules are for a place and year that no office covers.

    Raises:
        HallRulesNationError: They are for the nation.
        HallRulesCoveredError: An office has rules for the place and year.
        HallRulesAboveOfficeError: An office has rules for a place below.
        HallRulesOutsideError: They name or work out another place.
    """
    place = release.place
    if place.region == NATION:
        raise hall_bundle_errors.HallRulesNationError
    asked = place.region, place.scheme, place.first_year
    book = RuleBook.open(base.bundle, base.sha256, signed=False)
    if book.answers(*asked) or base.bundle.programme_at(*asked) is not None:
        raise hall_bundle_errors.HallRulesCoveredError
    for head in base.bundle.heads:
        below = head.region != place.region and place.region in lineage(head.region)
        if below and head.scheme == place.scheme and head.holds_in(place.first_year):
            raise hall_bundle_errors.HallRulesAboveOfficeError
    _require_inside(release)


def is_covered(release: HallRelease, base: OpenedBundle) -> bool:
    """Return whether an office's bundle leaves no room for a hall's rules."""
    try:
        require_uncovered(release, base)
    except hall_bundle_errors.HallRulesRefusedError:
        return True
    return False


def prove_over(base: OpenedBundle, halls: Sequence[HallBundle], *asked: HallBundle) -> None:
    """Prove a hall's rules, and all that inherit from them, over a bundle.

    Args:
        base: The office's bundle in force.
        halls: All rules of halls to be in force with it, the asked ones too.
        *asked: Those whose place, and what lies below it, is proven.

    Raises:
        HallRulesUnprovenError: With the first faults.
    """
    try:
        found = read_decoded(_joined(base.payload, halls))
    except MedCounterError as err:  # the two contradict one another
        raise _unproven([err.text]) from err
    bundle = found.bundle
    if found.faults or bundle is None:
        raise _unproven([fault.text for fault in found.faults])
    touched = [one.release for one in halls if any(_inherits(one, each) for each in asked)]
    faults = tuple(_faults(bundle, touched))
    if faults:
        raise _unproven([fault.text for fault in faults])


def joined_payload(base: bytes, halls: Sequence[HallBundle]) -> bytes:
    """Lay the parts of halls over a bundle, those of wider places first.

    Raises:
        MedCounterError: They contradict one another.
    """
    return canonical(_joined(base, halls))


def _joined(base: bytes, halls: Sequence[HallBundle]) -> object:
    document: Any = read_strict(base)
    for one in sorted(halls, key=lambda each: each.release.place[:3]):
        document = laid_over(document, one.release.content, one.release.vocabulary)
    return document


@lru_cache(maxsize=4)
def hall_book(base: bytes, sha256: str, halls: tuple[HallBundle, ...]) -> RuleBook:
    """Return the rule book of a bundle and of halls' rules proven over it.

    Args:
        base: The office's payload.
        sha256: Its hash, hex.
        halls: In force; each was proven over this very payload.
    """
    bundle = read_known(joined_payload(base, halls))
    book = RuleBook.open(bundle, sha256, signed=True, place_name=full_name)
    return book.with_local(tuple(local_rules(one) for one in halls))


def local_rules(hall: HallBundle) -> LocalRules:
    """Return whose rules they are, as answers name them."""
    release, place = hall.release, hall.release.place
    author, reviewer = release.people
    return LocalRules(
        place.region,
        place.scheme,
        place.first_year,
        place.last_year,
        NamedBundle(release.bundle, release.revision, hall.sha256),
        author.name,
        reviewer.name,
        release.released,
    )


def _require_inside(release: HallRelease) -> None:
    own, content = release.place.region, release.content
    named = [one.get("code") for one in content.get("regions", ()) if isinstance(one, dict)]
    worked = [
        one.get("facts", {}).get("region")
        for one in content.get("examples", ())
        if isinstance(one, dict) and isinstance(one.get("facts"), dict)
    ]
    inside = all(own in lineage(str(code)) for code in worked)
    if not inside or not all(code in lineage(own) for code in named):
        raise hall_bundle_errors.HallRulesOutsideError


def _inherits(one: HallBundle, asked: HallBundle) -> bool:
    """Return whether rules are these or inherit from them."""
    own, wider = one.release.place, asked.release.place
    same = (own.scheme, own.first_year) == (wider.scheme, wider.first_year)
    return same and wider.region in lineage(own.region)


def _faults(bundle: Bundle, touched: Sequence[HallRelease]) -> Iterator[Fault]:
    # Only here and below: a start puts rules together, and proves none.
    from medcounter.assess.prove.programme_proof import prove_programme  # noqa: PLC0415 - see above
    from medcounter.assess.prove.rule_warnings import (  # noqa: PLC0415 - see above
        ProvenYear,
        bundle_warnings,
        unanswered,
    )

    small = _narrowed(bundle, touched)
    book = RuleBook.open(small, "", signed=False)
    proven = []
    for release in touched:
        place = release.place
        asked = place.region, place.scheme, place.first_year
        compiled, at = book.programme(*asked), small.programme_at(*asked)
        if compiled is None or at is None:
            yield Fault("programmes", "没有写明缴费时段或缴费标准，不能测算。")
            continue
        proof = prove_programme(compiled, book.names.events, frozenset())
        for finding in proof.findings:
            yield Fault(f"programmes[{at}]", f"{place.first_year} 年度：{finding.text}")
        proven.append(ProvenYear(at, place.first_year, compiled, proof, missing=False))
    own = {f"programmes[{one.at}]" for one in proven}
    for fault in unanswered(small, bundle_warnings(small, proven)):
        # What stands above was proven with the places that it is for.
        if any(fault.path == path or fault.path.startswith(f"{path}.") for path in own):
            yield fault
    yield from _example_faults(book)


def _example_faults(book: RuleBook) -> Iterator[Fault]:
    """Run the examples, naming each by its resident and not by its id."""
    from medcounter.assess.prove.examples import run_example  # noqa: PLC0415 - see above
    from medcounter.samples.resident_words import case_words  # noqa: PLC0415 - see above

    for number, example in enumerate(book.bundle.examples):
        facts = read_facts(example.facts, book)
        who = case_words(facts, book) if isinstance(facts, Facts) else example.id
        for fault in run_example(f"examples[{number}]", example, book):
            text = fault.text.replace(f"例子“{example.id}”", f"“{who}”")
            for field in (*example.expect, *example.doubts, *example.settled):
                text = text.replace(f"的 {field} ", f"的{field_word(field)}")
            yield Fault(fault.path, text, fault.name)


def _narrowed(bundle: Bundle, touched: Sequence[HallRelease]) -> Bundle:
    """Leave what these places inherit and have, and the examples that they bring.

    The office's examples of their other years, and of places below, were proven with the
    office's rules, which stay as they are; what it refuses there for want of rules is what
    the hall fills.
    """
    written = {
        one.get("id")
        for release in touched
        for one in release.content.get("examples", ())
        if isinstance(one, dict)
    }
    examples = tuple(one for one in bundle.examples if one.id in written)
    places = [release.place for release in touched]
    regions = {one.region for one in places} | {str(one.facts.get("region")) for one in examples}
    schemes = {one.scheme for one in places} | {
        str(one.facts.get("scheme", places[0].scheme)) for one in examples
    }
    above = set[str]().union(*map(lineage, regions))
    programmes = tuple(
        one for one in bundle.programmes if one.region in above and one.scheme in schemes
    )
    # Made anew: a copy would keep what the whole has worked out of its programmes.
    return Bundle.model_construct(
        **{**dict(bundle), "programmes": programmes, "examples": examples}
    )


def _unproven(texts: list[str]) -> hall_bundle_errors.HallRulesUnprovenError:
    shown = "；".join(text.rstrip("。；") for text in texts[:_MOST_TOLD])
    more = f"；共 {len(texts)} 处" if len(texts) > _MOST_TOLD else ""
    return hall_bundle_errors.HallRulesUnprovenError(
        f"本厅规则没有通过检查：{shown}{more}", "请改正后由编制人和复核人重新签名"
    )
