"""A fee changed in the rules of a real place is seen to change, and for whom."""

import json

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.rule_folder import rule_files
from medcounter.rules.load import read_bundle
from medcounter.samples.answer_changes import outcome_changes
from tests.support.rules.rule_samples import SHIPPED

NATION = ("bundle.json", "national.json")


def book(name: str, old: str = "", new: str = "") -> RuleBook:
    """The rules of one shipped place, one figure changed in its answers."""
    part = json.loads((SHIPPED / name).read_bytes())
    part["examples"] = []
    programme = part["programmes"][0]
    answers = [rule["answer"] for rule in programme["rules"]]
    changed = json.loads(json.dumps(answers).replace(f'"{old}"', f'"{new}"')) if old else answers
    assert (changed != answers) is bool(old)
    for rule, answer in zip(programme["rules"], changed, strict=True):
        rule["answer"] = answer
        # A sentence that names the old figure is another test's.
        rule["applies"] = "按本条。"
        rule.pop("fails", None)
    parts = {one: (SHIPPED / one).read_bytes() for one in NATION}
    files = rule_files({**parts, name: json.dumps(part).encode()})
    return RuleBook.open(read_bundle(files.payload), "", signed=False)


@pytest.mark.parametrize(
    ("name", "old", "new", "total", "whom"),
    [
        ("wuxi-2026.json", "290.00", "300.00", ("290.00", "300.00"), "大学生"),
        ("taian-2026.json", "530.00", "540.00", ("530.00", "540.00"), "缴费档次：二档"),
        ("taian-2026.json", "240.00", "200.00", ("150.00", "190.00"), "脱贫不稳定人口"),
    ],
)
def test_what_a_trial_saw_unseen_is_said_of_a_resident(
    name: str, old: str, new: str, total: tuple[str, str], whom: str
) -> None:
    """算例和界限情形的结果：0 项改变 was said of each of these three."""
    changes = outcome_changes(book(name), book(name, old, new))
    who = {(one.old, one.new): one.who for one in changes if one.field == "fee.total"}
    assert whom in who[total]
