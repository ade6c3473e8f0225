"""The rules that a place takes over unsaid, as cards by their section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from medcounter.authoring.form.form_names import FormNames
from medcounter.authoring.form.form_records import PlaceForm, RuleCard
from medcounter.authoring.form.form_sections import section_of
from medcounter.authoring.form.inheritance import own_list, own_rules
from medcounter.authoring.form.rule_cards import rule_card


def inherited_cards(names: FormNames, form: PlaceForm) -> Mapping[str, tuple[RuleCard, ...]]:
    """List what a place neither replaces nor drops; what the form shows is left out.

    Args:
        names: The draft and the document it lies over.
        form: The form of the draft.
    """
    gone = set(_gone(names)) | {card.rule_id for card in form.cards if card.inherited_from}
    found: dict[str, list[RuleCard]] = defaultdict(list)
    for one in names.inherited:
        if one.rule.get("id") not in gone:
            found[section_of(one.rule)].append(rule_card(names, one.rule, one.path, one.name))
    return {section: tuple(cards) for section, cards in found.items()}


def _gone(names: FormNames) -> Iterator[str]:
    for _, rule in own_rules(names.document):
        if rule.get("replaces"):
            yield str(rule["replaces"])
    for _, drop in own_list(names.document, "drops"):
        yield str(drop.get("rule"))
