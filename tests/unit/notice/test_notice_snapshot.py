"""A notice stored and read back: the same, or a sentence why not."""

import json

import pytest

from medcounter.notice.content.notice import Notice, Party
from medcounter.notice.content.snapshot import (
    SnapshotNewerError,
    SnapshotUnreadableError,
    dump,
    load,
)
from medcounter.strict_json import NotCanonicalError, canonical
from tests.support.paper.notice_samples import (
    FLEXIBLE,
    LATE_0305,
    LOW_INCOME,
    NEWBORN_DAY_59,
    NO_COVER,
    notice,
)


@pytest.mark.parametrize(
    "made", [notice(a) for a in (LATE_0305, LOW_INCOME, NEWBORN_DAY_59, NO_COVER, FLEXIBLE)]
)
def test_what_was_stored_is_read_back_the_same(made: Notice) -> None:
    assert load(dump(made)) == made


def test_a_specimen_is_stored_too() -> None:
    made = notice(number=None)
    assert load(dump(made)) == made


def test_the_time_zone_of_issue_is_kept() -> None:
    made = notice()
    assert load(dump(made)).issued_at.utcoffset() == made.issued_at.utcoffset()


def test_a_snapshot_names_its_format_and_version() -> None:
    content = json.loads(dump(notice()))
    assert (content["format"], content["version"]) == ("medcounter-notice", 1)


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert dump(notice()) == dump(load(dump(notice())))


def test_a_snapshot_never_holds_the_masked_figures_of_the_id_number() -> None:
    assert b"360102199003071234" not in dump(notice())


def altered(**changes: object) -> bytes:
    content = json.loads(dump(notice()))
    return canonical({**content, **changes})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format":"medcounter-notice"}',
        b"[" * 10_000,
        dump(notice())[:-20],
        altered(format="other"),
        altered(version="1"),
        altered(version=0),
        altered(version=True),
        altered(notice=None),
        altered(notice={}),
        altered(more=1),
        dump(notice()) + b" ",
    ],
)
def test_what_is_no_snapshot_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(SnapshotUnreadableError, match="存档无法读取"):
        load(data)


@pytest.mark.parametrize(("key", "value"), [("total", "40000"), ("number", 7), ("more", 1)])
def test_a_field_of_another_kind_or_name_is_refused(key: str, value: object) -> None:
    content = json.loads(dump(notice()))
    content["notice"][key] = value
    with pytest.raises(SnapshotUnreadableError):
        load(canonical(content))


def test_a_newer_program_s_snapshot_asks_for_the_newer_program() -> None:
    with pytest.raises(SnapshotNewerError, match="升级程序"):
        load(altered(version=2))


def test_a_name_that_cannot_be_written_is_refused_before_it_is_stored() -> None:
    with pytest.raises(NotCanonicalError):
        dump(notice(party=Party("王\ud800")))
