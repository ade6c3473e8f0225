"""One wrong figure at a time in rules that are signed: the bundle itself refuses it."""

from functools import cache

from medcounter.rules.load import join_parts, read_bundle
from medcounter.strict_json import canonical
from tests.faults.rows import Figures, note
from tests.support.rules.rule_samples import DATA, SHIPPED, Json, read_json
from tests.unit.rules.test_rules_seeded_errors import changed, mutants, proofs, refused

NAMED, REASONED, BELOW = "survivors", "with a reason", "parts below 95 %"
BAD = (BELOW,)
# Of the figures of a part that an example could show, how many one has to.
_SHARE = 0.95
WHOLE = "bundle.json"
NATION = "00"


def fragments() -> tuple[str, ...]:
    """The parts of the shipped bundle that hold rules."""
    names = sorted(path.name for path in SHIPPED.glob("*.json"))
    return tuple(name for name in names if "programmes" in read_json(SHIPPED / name))


def mutate(name: str) -> Figures:
    """Move each amount, day and limit of a part up and down by one."""
    figures = {"mutants": 0, "caught": 0, NAMED: 0, REASONED: 0, BELOW: 0}
    parts = related(name)
    fragment = read_json(SHIPPED / name)
    before = proofs(parts)
    for path, steps, value in mutants(fragment["programmes"]):
        figures["mutants"] += 1
        mutant = {**parts, name: canonical(changed(fragment, steps, value))}
        if refused(mutant, name, before):
            figures["caught"] += 1
        else:
            why = reasons().get((name, path))
            figures[NAMED] += 1
            figures[REASONED] += why is not None
            note(f"{name} {path}: {why or 'no example of the bundle shows it'}")
    shown = figures["mutants"] - figures[REASONED]
    figures[BELOW] = int(figures["caught"] < _SHARE * shown)
    return figures


@cache
def related(name: str) -> dict[str, bytes]:
    """The bundle's parts, without the rules of places that have nothing to do with this one.

    Every place has to do with the nation: it inherits from it.
    """
    own = _places(read_json(SHIPPED / name))
    regions = own | {NATION}
    parts = {}
    for path in SHIPPED.glob("*.json"):
        document = read_json(path)
        if path.name != WHOLE and NATION not in own and not _places(document) & regions:
            document |= {"programmes": [], "examples": []}
        parts[path.name] = canonical(document)
    read_bundle(join_parts(parts))
    return parts


def _places(document: Json) -> set[str]:
    return {programme["region"][:2] for programme in document.get("programmes", ())}


@cache
def reasons() -> dict[tuple[str, str], str]:
    """Why each known survivor cannot be shown to be wrong."""
    return {
        (group["fragment"], path): group["why"]
        for group in read_json(DATA / "survivors.json")
        for path in group["paths"]
    }
