"""A draft becomes rules in force by two people, and by nobody else."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall.hall_bundle import is_hall_bundle
from medcounter.bundle.signed_package import open_payload
from medcounter.cli import main
from medcounter.desk.access.access_errors import SupervisorNeededError
from medcounter.desk.authoring.draft_release import (
    DraftInPracticeError,
    DraftNotReadyError,
    DraftRelease,
    NotHandedOverError,
    NotReleasedError,
)
from medcounter.desk.authoring.draft_source_files import DraftSourceFiles
from medcounter.desk.authoring.draft_ticks import DraftTicks
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.desk import Desk
from medcounter.store.rule_drafts.draft_acts import HANDED_OVER, RELEASED, WRITING
from medcounter.store.rule_drafts.draft_errors import RuleDraftSettledError
from medcounter.trust.envelope import take_apart
from tests.support.desk.hall_samples import (
    AT,
    BEGINS,
    CLERK_NAME,
    NAMES,
    NO_WORD,
    REGION,
    YEAR,
    YUNXI,
    hall_folder,
    opened,
    secret_of,
    word_of,
)
from tests.support.store.store_samples import KEYS

WANG, LI, _ = NAMES
LATER = AT + timedelta(hours=1)


@contextmanager
def at_desk(folder: Path, name: str) -> Iterator[tuple[Desk, OpenDraft, DraftRelease]]:
    """Open the one draft to look at it, as one of the hall's people."""
    with opened(folder, name) as desk:
        (line,) = desk.authoring.listed()
        draft = desk.authoring.look(line.number)
        yield desk, draft, DraftRelease(draft, desk.release)


@cache
def _written() -> Path:
    """Make once the hall whose made-up place Wang took in, whatever was asked answered."""
    folder = Path(tempfile.mkdtemp(prefix="medcounter-written-")) / "hall"
    hall_folder(folder)
    with opened(folder, WANG) as desk:
        (number,) = desk.authoring.take_in(YUNXI, AT)
        draft = desk.authoring.open(number, AT)
        DraftRelease(draft, desk.release).obstacles()
        for warning in draft.live.warnings:
            if warning.is_open:
                DraftTicks(draft).answer(warning, "公告就是这样写的", AT)
        draft.close(AT)
    return folder


@cache
def _handed_over() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="medcounter-handed-over-")) / "hall"
    shutil.copytree(_written(), folder)
    with opened(folder, WANG) as desk:
        (line,) = desk.authoring.listed()
        draft = desk.authoring.open(line.number, AT)
        DraftRelease(draft, desk.release).hand_over(LI, BEGINS, word_of(desk), AT)
    return folder


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_written(), tmp_path / "hall"))


@pytest.fixture
def handed_over(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_handed_over(), tmp_path / "hall"))


def test_author_and_reviewer_sign_and_the_desk_answers_by_the_rules(handed_over: Path) -> None:
    with at_desk(handed_over, LI) as (desk, draft, release):
        assert draft.stored.state == HANDED_OVER
        assert draft.stored.holder is None
        assert any("云溪县" in line.new for line in release.lines(release.review(LATER)))
        whole = release.sign(word_of(desk), LATER)
        assert draft.stored.state == RELEASED
        assert release.data == whole.data
        assert whole.release.part == draft.document.written()
        desk.hall_rules.take(desk.hall_rules.plan(release.data, LATER.date()), LATER)
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_what_the_hall_released_is_begun_anew_for_its_next_revision(handed_over: Path) -> None:
    with at_desk(handed_over, LI) as (desk, draft, release):
        release.sign(word_of(desk), LATER)
        desk.hall_rules.take(desk.hall_rules.plan(release.data, LATER.date()), LATER)
        (start,) = [one for one in desk.authoring.starting_places() if one.region == REGION]
        assert (start.first_year, start.revision) == (YEAR, 1)
        again = desk.authoring.begin_from(start.programme, LATER)
        assert again.stored.state == WRITING
        assert again.document.written() == draft.document.written()
        assert again.document.vocabulary == draft.document.vocabulary
        assert desk.hall_rules.state.next_revision == 2


def test_only_the_reviewer_who_was_asked_is_told_that_a_draft_waits(handed_over: Path) -> None:
    told = {}
    for name in (WANG, LI, CLERK_NAME):
        with opened(handed_over, name) as desk:
            (line,) = desk.authoring.listed()
            assert len(desk.to_sign) == line.waits_here
            told[name] = desk.to_sign, line.state_label
    assert told[LI] == (("云溪县（虚构） 2027 年度",), "已交复核，等您签名")
    assert told[WANG] == told[CLERK_NAME] == ((), f"已交复核，等{LI}签名")


def test_a_draft_waits_for_nobody_before_it_is_handed_over(written: Path) -> None:
    with opened(written, LI) as desk:
        assert desk.to_sign == ()


def test_a_draft_waits_for_nobody_once_it_is_signed(handed_over: Path) -> None:
    with at_desk(handed_over, LI) as (desk, _, release):
        release.sign(word_of(desk), LATER)
        assert desk.to_sign == ()
        (line,) = desk.authoring.listed()
        assert (line.waits_here, line.state_label) == (False, "已发布")


def test_what_is_with_the_reviewer_is_changed_by_nobody(handed_over: Path) -> None:
    with opened(handed_over, WANG) as desk:
        (line,) = desk.authoring.listed()
        assert line.state_label == "已交复核，等李强签名"
        draft = desk.authoring.open(line.number, LATER)
        name = ("regions", 0, "name")
        with pytest.raises(RuleDraftSettledError):
            draft.change(name, "别处", LATER)


def test_a_draft_taken_back_is_changed_again_and_its_signature_is_void(handed_over: Path) -> None:
    with opened(handed_over, WANG) as desk:
        (line,) = desk.authoring.listed()
        draft = desk.authoring.open(line.number, LATER)
        release = DraftRelease(draft, desk.release)
        release.take_back("少写了一条", LATER)
        assert draft.stored.state == WRITING
        assert "少写了一条" in draft.history()[0].words
        draft.change(("regions", 0, "name"), "云溪", LATER)
        draft.close(LATER)
    with at_desk(handed_over, LI) as (desk, _, release):
        with pytest.raises(NotHandedOverError):
            release.sign(word_of(desk), LATER)
        with pytest.raises(NotHandedOverError):
            release.review(LATER)


def test_the_author_does_not_review_the_own_draft(handed_over: Path) -> None:
    with at_desk(handed_over, WANG) as (desk, draft, release):
        with pytest.raises(errors.HallRulesRefusedError):
            release.sign(word_of(desk), LATER)
        draft.reload()
        assert draft.stored.state == HANDED_OVER
        with pytest.raises(NotReleasedError):
            _ = release.data


def test_a_clerk_hands_nothing_over_and_signs_nothing(written: Path) -> None:
    with opened(written, CLERK_NAME) as desk:
        (line,) = desk.authoring.listed()
        draft = desk.authoring.open(line.number, LATER)
        with pytest.raises(SupervisorNeededError):
            DraftRelease(draft, desk.release).hand_over(LI, BEGINS, word_of(desk), LATER)
        assert draft.stored.state == WRITING
        assert draft.is_mine


def test_what_is_left_to_put_right_or_answer_keeps_a_draft_back(written: Path) -> None:
    with opened(written, WANG) as desk:
        (line,) = desk.authoring.listed()
        draft = desk.authoring.open(line.number, AT)
        amount = next(one for one in draft.form.fields if one.kind == "amount")
        draft.change(amount.path, "9999", AT)
        with pytest.raises(DraftNotReadyError) as refused:
            DraftRelease(draft, desk.release).hand_over(LI, BEGINS, word_of(desk), AT)
        assert "要改正或要答复的" in refused.value.text
        assert draft.stored.state == WRITING


def test_without_sign_in_a_draft_is_written_and_tried_and_not_released(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    (number,) = desk.authoring.take_in(YUNXI, AT)
    draft = desk.authoring.open(number, AT)
    with pytest.raises(DraftInPracticeError):
        DraftRelease(draft, desk.release).hand_over(LI, BEGINS, NO_WORD, AT)
    assert draft.stored.state == WRITING
    desk.close(with_backup=False)


def test_the_commands_walk_the_same_way(
    written: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def words(name: str) -> list[str]:
        secret = tmp_path / f"{name}.txt"
        secret.write_text(secret_of(name), encoding="utf-8")
        return ["--data-dir", str(written), "--clerk", name, "--secret-file", str(secret)]

    out = tmp_path / "rules.json"
    assert main(["authoring", "release", "1", "--out", str(out), *words(LI)]) == 2
    assert main(["authoring", "review", "1", *words(LI)]) == 2
    assert main(["authoring", "hand-over", "1", "没有这个人", *words(WANG)]) == 2
    assert main(["authoring", "hand-over", "1", LI, "--from", "2026-12-01", *words(WANG)]) == 0
    assert main(["authoring", "set", "1", "regions/0/name", "别处", *words(WANG)]) == 2
    assert main(["authoring", "sign", "1", "--out", str(out), *words(WANG)]) == 2
    assert not out.exists()
    assert main(["authoring", "review", "1", *words(LI)]) == 0
    assert main(["authoring", "sign", "1", "--out", str(out), *words(LI)]) == 0
    assert is_hall_bundle(out.read_bytes())
    assert main(["authoring", "release", "1", "--out", str(out), *words(LI)]) == 4
    capfdbinary.readouterr()
    assert main(["authoring", "list", *words(LI)]) == 0
    assert "已发布" in capfdbinary.readouterr().out.decode()


def test_the_notices_lie_beside_what_an_office_signed(
    written: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    notice = tmp_path / "公告.txt"
    notice.write_text("个人缴费 420 元。", encoding="utf-8")
    with opened(written, WANG) as desk:
        draft = desk.authoring.open(1, AT)
        kept = DraftSourceFiles(draft).attach(notice, 0, AT)
        draft.close(AT)
    secret = tmp_path / "secret.txt"
    secret.write_text(secret_of(WANG), encoding="utf-8")
    who = ["--data-dir", str(written), "--clerk", WANG, "--secret-file", str(secret)]
    one, two = (["--key", str(KEYS / f"demo-root-{number}.pem")] for number in (1, 2))
    half, whole = tmp_path / "half.json", tmp_path / "stick" / "whole.json"
    whole.parent.mkdir()
    assert main(["authoring", "office", "1", "--out", str(half), *who, *one]) == 0
    assert (tmp_path / "half-files" / kept.name).read_bytes() == notice.read_bytes()
    sign = ["bundle", "sign", str(half), "--out", str(whole), "--data-dir", str(written)]
    assert main([*sign, *two]) == 0
    beside = whole.parent / "whole-files" / kept.name
    assert beside.read_bytes() == notice.read_bytes()
    (tmp_path / "half-files" / kept.name).write_text("个人缴费 1 元。", encoding="utf-8")
    capfdbinary.readouterr()
    again = ["bundle", "sign", str(half), "--out", str(tmp_path / "again.json"), *two]
    assert main([*again, "--data-dir", str(written)]) == 0
    assert kept.name in capfdbinary.readouterr().err.decode()
    assert not (tmp_path / "again-files").exists()


def test_an_office_signs_a_draft_by_two_key_files_and_the_rules_carry_the_next_revision(
    written: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(secret_of(WANG), encoding="utf-8")
    who = ["--data-dir", str(written), "--clerk", WANG, "--secret-file", str(secret)]
    out = tmp_path / "office.json"
    signed = ["authoring", "office", "1", "--out", str(out), *who]
    one, two = (["--key", str(KEYS / f"demo-root-{number}.pem")] for number in (1, 2))
    assert main([*signed, *one, *one]) == 2
    assert not out.exists()
    assert main([*signed, *one, *two]) == 0
    package = take_apart(out.read_bytes())
    assert len(package.signatures) == 2
    made = open_payload(package.payload).bundle
    assert made.revision == 2
    assert str(made.review_by) == f"{YEAR}-12-31"
    assert any(one.region == REGION for one in made.programmes)
