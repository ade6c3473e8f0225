"""The specimen of a facts file: composed without a screen and without a number."""

import json
from argparse import Namespace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from medcounter.bundle.shipped import open_shipped
from medcounter.cli.commands.specimen import (
    NoExampleError,
    OneResidentError,
    example_notice,
    specimen,
)
from medcounter.desk.counter.issue_reasons import DoubtfulError
from medcounter.notice.content.composing import NothingToPayError
from medcounter.notice.content.notice import Notice
from medcounter.settings import Settings, save_settings
from tests.support.desk.desk_samples import shipped_book
from tests.support.rules.rule_samples import book_of, bundle_of, nation
from tests.support.store.store_samples import AT

FACTS = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.json"


def asked(path: Path, content: object, folder: Path | None = None) -> Namespace:
    path.write_text(json.dumps(content))
    return Namespace(file=str(path), bundle=None, data_dir=folder, name=" 张 三 ", acknowledge=[])


def test_a_specimen_shows_the_figures_and_no_number(path: Path, tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.json", Settings(hall="甲大厅", desk="03"))
    made = specimen(asked(path, FACTS, tmp_path), AT)
    assert isinstance(made, Notice)
    assert (made.number, made.total, made.person.name) == (None, 40000, "张三")
    assert made.benefits.cover is not None
    assert made.benefits.cover.start == date(2025, 6, 5)
    assert made.office.hall == "甲大厅"


def test_wrong_facts_are_refusals_with_their_fields(path: Path) -> None:
    made = specimen(asked(path, FACTS | {"payment_date": "2025-02-30", "colour": 1}), AT)
    assert isinstance(made, tuple)
    assert [(one.field, one.code) for one in made] == [
        ("payment_date", "not-a-date"),
        ("colour", "unknown-key"),
    ]


def test_what_names_nobody_is_refused(path: Path) -> None:
    arguments = asked(path, FACTS)
    arguments.name = "同上"
    (refused,) = specimen(arguments, AT)  # type: ignore[misc]  # a notice is no tuple
    assert (refused.field, refused.code) == ("name", "not-a-name")


def test_a_day_on_which_nothing_can_be_paid_gives_no_notice(path: Path) -> None:
    with pytest.raises(NothingToPayError):
        specimen(asked(path, FACTS | {"payment_date": "2026-03-05"}), AT)


@pytest.mark.parametrize(
    ("facts", "at", "home", "codes"),
    [
        ({}, AT + timedelta(days=1), "", ["past-day"]),
        ({}, AT, "350000", ["other-province"]),
        ({"payment_date": "2025-12-30"}, AT, "", ["no-cover"]),
        ({"birth_date": "1904-01-05"}, AT, "", ["over-age"]),
        (
            {"benefit_year": 2026, "payment_date": "2026-11-29"},
            AT.replace(year=2026, month=11, day=29),
            "",
            ["no-cover", "season-over"],
        ),
    ],
)
def test_what_is_doubtful_gives_a_specimen_only_when_its_codes_are_acknowledged(
    path: Path, facts: dict[str, object], at: datetime, home: str, codes: list[str]
) -> None:
    save_settings(path.parent / "settings.json", Settings(region=home))
    arguments = asked(path, FACTS | facts, path.parent)
    with pytest.raises(DoubtfulError) as refused:
        specimen(arguments, at)
    assert [reason.code for reason in refused.value.reasons] == codes
    arguments.acknowledge = codes
    assert isinstance(specimen(arguments, at), Notice)


def test_a_list_of_residents_gives_no_notice(path: Path) -> None:
    with pytest.raises(OneResidentError):
        specimen(asked(path, [FACTS, FACTS]), AT)


def test_the_rules_own_examples_give_a_notice_to_try_the_paper_with() -> None:
    assert open_shipped().bundle.examples
    assert example_notice(shipped_book(), AT).number is None


def test_rules_without_examples_give_none() -> None:
    with pytest.raises(NoExampleError):
        example_notice(book_of(bundle_of(nation())), AT)
