"""Whatever an author's file holds, it is shown, and typing there is refused or done, never lost."""

import json
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from medcounter.authoring.document.document_path import NoSuchPlaceError, leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.changes import typed
from medcounter.authoring.form.makers.making import done
from medcounter.authoring.form.place_form import form_of
from medcounter.bundle.overlay import narrowed
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath
from tests.support.authoring.form_author import WHOLE
from tools.build_bundle import ROOT

PLACES = ("guangxi-2025", "wuxi-2026", "chengdu-2026", "liangshan-flexible-2026")
# What stands where something else should: other kinds, empty ones, parts of conditions.
AMISS: tuple[Any, ...] = (
    None, True, 0, -3, "", "x", "2025-13-01", "〔x〕", [], {}, [None], ["a", "a"], {"a": 1}, [[1]],
    {"test": "all"}, {"test": "all", "of": []}, {"test": "not"}, {"test": []}, {"kind": []},
    {"test": "elapsed", "since": None},
)  # fmt: skip
TYPED = ("1", "？", "", "是", "2025-09-01", "400", "3个月", "居民")


@cache
def opened(name: str) -> tuple[PlaceDocument, dict[str, Any], list[JsonPath]]:
    data = (ROOT / "resources" / "bundles" / f"{name}.json").read_bytes()
    document = PlaceDocument.opened(data)
    base = narrowed(WHOLE, document.own["region"], document.own["scheme"])
    return document, base, list(leaves(json.loads(data)))


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_a_file_with_anything_amiss_is_shown_and_can_be_typed_in(data: st.DataObject) -> None:
    document, base, places = opened(data.draw(st.sampled_from(PLACES)))
    for _ in range(data.draw(st.integers(1, 3))):
        leaf = data.draw(st.sampled_from(places))
        path = leaf[: data.draw(st.integers(1, len(leaf)))]
        if path in {("programmes",), ("programmes", 0)}:
            continue
        try:
            document = document.replaced(path, data.draw(st.sampled_from(AMISS)))
        except NoSuchPlaceError:
            continue
    form = form_of(document, base)
    assert [card for card in form.cards if card.path[:1] == ("programmes",)]
    field = data.draw(st.sampled_from(form.fields))
    offers = [offer for section in form.sections for offer in section.offers]
    offers += [offer for card in form.cards for offer in card.offers]
    with suppress(MedCounterError):
        after = typed(document, field.path, data.draw(st.sampled_from(TYPED)), base)
        assert form_of(after, base).cards
    with suppress(MedCounterError):
        done(document, data.draw(st.sampled_from(offers)), base, date(2026, 11, 30))
