"""The rules as they ship, for tests of the desk and the command line."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.shipped import open_shipped
from medcounter.places.place_table import full_name
from medcounter.strict_json import canonical
from tests.support.store.store_samples import package

Json = dict[str, Any]


@cache
def shipped_book() -> RuleBook:
    """The rule book a counter works from on its first day."""
    opened = open_shipped()
    return RuleBook.open(opened.bundle, opened.sha256, signed=True, place_name=full_name)


def newer_rules(change: Callable[[Json], None] = lambda _: None, revision: int = 7) -> bytes:
    """Jiangxi's shipped rules as a later revision, changed, signed by demo roots.

    Without the other places, so that they are proven quickly.
    """
    document = jiangxi_alone(json.loads(open_shipped().payload))
    document["revision"] = revision
    change(document)
    return package(canonical(document))


def jiangxi_alone(document: Json) -> Json:
    """Leave Jiangxi of a bundle, and what the nation says: proven in a tenth of the time."""
    programmes = [one for one in document["programmes"] if one["region"][:2] in {"00", "36"}]
    examples = [one for one in document["examples"] if one["facts"]["region"].startswith("36")]
    return {**document, "programmes": programmes, "examples": examples}
