"""Rules are released by an author and a reviewer, and retire when an office's arrive."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medcounter.assess.contract import assessment_json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall.hall_bundle import is_hall_bundle
from medcounter.bundle.overlay import laid_over
from medcounter.bundle.signed_package import open_payload
from medcounter.desk.access.access_errors import SupervisorNeededError
from medcounter.desk.authoring.release_signing import (
    OfficeKeyTwiceError,
    ReviewerUnknownError,
    sign_for_office,
)
from medcounter.desk.rules.hall_rules import HallRules
from medcounter.strict_json import canonical
from medcounter.trust.envelope import sign, take_apart
from tests.support.desk.desk_samples import jiangxi_alone
from tests.support.desk.hall_samples import (
    AT,
    BEGINS,
    CLERK_NAME,
    NAMES,
    REGION,
    YEAR,
    YUNXI,
    hall_folder,
    opened,
    shipped,
    signed_at,
    word_of,
)
from tests.support.store.store_samples import KEYS, demo_keys, demo_roots
from tests.unit.desk.rules.test_desk_hall_rules import draft_of, take

WANG, LI, ZHAO = NAMES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hall_folder(tmp_path / "first")
    return tmp_path / "first"


def document() -> PlaceDocument:
    head = json.loads((YUNXI / "bundle.json").read_bytes())
    return PlaceDocument.opened((YUNXI / "yunxi-2027.json").read_bytes(), 0, head["vocabulary"])


def codes_in(*texts: str) -> list[str]:
    """Find the ids of the rules, sources and examples of 云溪县 that a sentence shows."""
    content = document().content
    ids = {one["id"] for key in ("sources", "programmes", "examples") for one in content[key]}
    ids |= {rule["id"] for one in content["programmes"] for rule in one["rules"]}
    words = {word for text in texts for word in re.findall(r"[a-z0-9]+(?:[-_][a-z0-9]+)+", text)}
    return sorted(words & ids)


def office(change: Any = None) -> bytes:  # noqa: ANN401 - changes a document
    """The shipped rules as the office's next revision, signed, changed as told."""
    whole: dict[str, Any] = json.loads(shipped().payload)
    whole["revision"] += 1
    if change is not None:
        whole = change(whole)
    return sign(canonical(whole), demo_keys()[:2])


def with_yunxi(whole: dict[str, Any]) -> dict[str, Any]:
    """Let the office itself tell the place and year."""
    made = document()
    return laid_over(whole, made.content, made.vocabulary)


def test_the_author_signs_the_reviewer_looks_and_signs_and_the_desk_takes_it(folder: Path) -> None:
    with opened(folder, WANG) as desk:
        assert [one.name for one in desk.release.reviewers] == [LI]
        half = desk.release.sign_as_author(document(), LI, BEGINS, word_of(desk), AT)
        with pytest.raises(errors.HallSignerUnlistedError):
            desk.release.sign_as_reviewer(half, word_of(desk), AT)
    assert is_hall_bundle(half)
    with opened(folder, LI) as desk:
        reviewing = desk.release.review(half, AT)
        assert reviewing.release.part == (YUNXI / "yunxi-2027.json").read_bytes()
        lines = desk.release.lines_of(reviewing.release, reviewing.plan)
        assert any("云溪县" in line.new for line in lines)
        assert codes_in(*(text for line in lines for text in (line.text, line.old, line.new))) == []
        whole = desk.release.sign_as_reviewer(half, word_of(desk), AT)
        take(desk, whole.data)
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_whoever_is_no_supervisor_signs_nothing(folder: Path) -> None:
    with opened(folder, CLERK_NAME) as desk:
        assert desk.release.reviewers == ()
        with pytest.raises(SupervisorNeededError):
            desk.release.sign_as_author(document(), LI, BEGINS, word_of(desk), AT)


def test_nobody_reviews_the_own_rules(folder: Path) -> None:
    with opened(folder, WANG) as desk:
        for name in (WANG, ZHAO, ""):
            with pytest.raises(ReviewerUnknownError):
                desk.release.sign_as_author(document(), name, BEGINS, word_of(desk), AT)


def test_the_author_taken_off_before_the_review_has_not_signed(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder, WANG) as desk:
        half = desk.release.sign_as_author(document(), LI, BEGINS, word_of(desk), AT)
    with opened(folder, LI) as desk:
        desk.access.clerks.remove(WANG, AT)
        desk.hall_office.certify(hall_folder(tmp_path / "again"), AT)
        with pytest.raises(errors.HallPersonRemovedError):
            desk.release.sign_as_reviewer(half, word_of(desk), AT)


def test_an_offices_rules_for_the_place_end_the_halls_and_say_what_changes(folder: Path) -> None:
    package, data = office(with_yunxi), signed_at(folder)
    with opened(folder, WANG, roots=demo_roots()) as desk:
        take(desk, data)
        before = desk.outcome(draft_of(), AT.date())
        assert before.chosen is not None
        stored = assessment_json(before.chosen.assessment)
        plan = desk.rules.planner(package)()
        (ended,) = plan.ends
        assert ended.covered
        assert "已有发布单位的规则" in ended.text
        assert ended.changes == (), "the same rules give the same answers"
        desk.rules.install(plan, AT)
        assert desk.hall_rules.in_force == ()
        after = desk.outcome(draft_of(), AT.date())
        assert after.shown is not None
        assert after.shown.hall_rules is None
        assert desk.hall_rules.replay(stored).same, "what the hall's rules gave stays replayable"
    with opened(folder, LI, roots=demo_roots()) as desk:
        assert [one.retired for one in desk.hall_rules.state.taken] == [True]


def test_an_offices_rules_above_let_the_halls_be_proven_anew(folder: Path) -> None:
    data = signed_at(folder)
    with opened(folder, WANG, roots=demo_roots()) as desk:
        take(desk, data)
        plan = desk.rules.planner(office(jiangxi_alone))()
        assert plan.ends == ()
        desk.rules.install(plan, AT)
        assert len(desk.hall_rules.in_force) == 1
        found = desk.outcome(draft_of(), AT.date())
        assert found.shown is not None
        assert [one.revision for one in found.shown.stamp.bundles] == [
            shipped().bundle.revision + 1,
            1,
        ]
    with opened(folder, LI, roots=demo_roots()) as desk:
        (taken,) = desk.hall_rules.state.taken
        assert len(taken.proven_over) == 2


def test_an_offices_rules_that_the_halls_do_not_fit_end_them(folder: Path) -> None:
    def taken_id(whole: dict[str, Any]) -> dict[str, Any]:
        """Let the office use the id of the hall's programme for another year of a place."""
        for one in whole["programmes"]:
            if one["region"] == "360000" and one["benefit_years"]["from"] == 2026:
                one["id"] = "yunxi-2027"
        return jiangxi_alone(whole)

    data = signed_at(folder)
    with opened(folder, WANG, roots=demo_roots()) as desk:
        take(desk, data)
        plan = desk.rules.planner(office(taken_id))()
        (ended,) = plan.ends
        assert not ended.covered
        desk.rules.install(plan, AT)
        assert desk.hall_rules.in_force == ()
        assert not desk.rule_book.answers(REGION, "resident", YEAR)


def test_two_holders_sign_an_offices_bundle_by_keys_on_sticks(folder: Path) -> None:
    with opened(folder, WANG) as desk:
        payload = desk.release.office_payload(document(), 2, date(2027, 12, 31), AT)
    assert open_payload(payload).bundle.revision == 2
    once = sign_for_office(payload, KEYS / "demo-root-1.pem")
    with pytest.raises(OfficeKeyTwiceError):
        sign_for_office(once, KEYS / "demo-root-1.pem")
    both_signed = sign_for_office(once, KEYS / "demo-root-2.pem")
    assert len(take_apart(both_signed).signatures) == 2


def test_the_day_of_a_release_is_read_again_after_a_restart(folder: Path) -> None:
    data = signed_at(folder, begins=date(2026, 12, 5))
    with opened(folder, WANG) as desk:
        take(desk, data)
    with opened(folder, LI, at=AT + timedelta(days=4)) as desk:
        assert isinstance(desk.hall_rules, HallRules)
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_a_draft_for_what_an_office_covers_is_not_signed(folder: Path) -> None:
    part = json.loads((YUNXI / "yunxi-2027.json").read_bytes())
    part["programmes"][0] |= {"region": "360100", "benefit_years": {"from": 2026, "to": 2026}}
    with opened(folder, WANG) as desk, pytest.raises(errors.HallRulesCoveredError):
        desk.release.sign_as_author(
            replace(document(), content=part), LI, BEGINS, word_of(desk), AT
        )
