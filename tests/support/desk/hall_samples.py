"""People, a hall and its rules to test with; all are invented, the place too."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from medcounter.bundle.hall.hall_bundle import HallBundle, HallRelease, sign_first, sign_second
from medcounter.bundle.shipped import open_shipped
from medcounter.bundle.signed_package import Floor, OpenedBundle
from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import SigningWord
from medcounter.desk.access.sign_in import CLERK, SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.trust.hall.hall_certificate import HallCertificate, HallPerson, certify
from medcounter.trust.roots import Roots
from medcounter.trust.signer import Signer, signer_of

YUNXI = Path(__file__).parents[3] / "docs" / "examples" / "yunxi"
REGION, YEAR = "990102", 2027
HALL = signer_of(b"h" * 32)
WANG, LI, ZHAO = (signer_of(bytes([one]) * 32) for one in (1, 2, 3))
# No secret gave it.
NO_WORD = SigningWord("", "")
BEGINS, RELEASED = date(2026, 12, 1), date(2026, 11, 30)


def person(name: str, signer: Signer) -> HallPerson:
    return HallPerson(name, signer.public)


TWO = (person("王敏", WANG), person("李强", LI))


@cache
def first_certificate() -> HallCertificate:
    return certify(HALL, TWO)


@cache
def shipped() -> OpenedBundle:
    return open_shipped()


def part_of_yunxi() -> dict[str, Any]:
    """The part of a made-up place with rules for 2027."""
    part: dict[str, Any] = json.loads((YUNXI / "yunxi-2027.json").read_bytes())
    return part


@cache
def release() -> HallRelease:
    """What Wang wrote and Li reviews."""
    base = shipped()
    head = json.loads((YUNXI / "bundle.json").read_bytes())
    return HallRelease(
        (first_certificate(),),
        TWO[0].id,
        TWO[1].id,
        1,
        BEGINS,
        RELEASED,
        Floor(base.bundle.id, base.bundle.revision, base.sha256),
        (YUNXI / "yunxi-2027.json").read_bytes(),
        head["vocabulary"],
    )


def changed(part: dict[str, Any], **more: Any) -> HallRelease:  # noqa: ANN401 - any field
    """The same release with another part."""
    text = json.dumps(part, ensure_ascii=False).encode()
    return replace(release(), part=text, **more)


def signed(what: HallRelease, author: Signer = WANG, reviewer: Signer = LI) -> HallBundle:
    """Have a release signed by both."""
    return sign_second(sign_first(what, author), reviewer)


NAMES = ("王敏", "李强", "赵静")
CLERK_NAME = "孙洋"
SENTENCE = "mian hua tian di {}"
AT = datetime(2026, 12, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def secret_of(name: str) -> str:
    """The secret of one of the hall's people."""
    places = dict(
        zip((*NAMES, CLERK_NAME), ("bei feng", "shan shui", "hua niao", "ri yue"), strict=True)
    )
    return SENTENCE.format(places[name])


def let_in(desk: Desk, name: str) -> None:
    """Let another of the hall's people go on at an open desk."""
    desk.access.unlock(desk.access.slots.let_in(name, secret_of(name), AT), AT)


def word_of(desk: Desk) -> SigningWord:
    """What the own secret of who is at a desk gives, typed again."""
    who = desk.access.who
    return desk.release.check_secret(secret_of(who.name if who else ""), AT)


@cache
def _hall_folder() -> tuple[Path, str]:
    folder = Path(tempfile.mkdtemp(prefix="medcounter-hall-")) / "data"
    begun = sign_in.begin(folder)
    people = (
        *(NewClerk(name, SUPERVISOR, secret_of(name)) for name in NAMES[:2]),
        NewClerk(CLERK_NAME, CLERK, secret_of(CLERK_NAME)),
    )
    begun.finish(people, begun.recovery_text, AT)
    desk = Desk.open(folder, AT, who=sign_in.sign_in(folder, NAMES[0], secret_of(NAMES[0])))
    desk.hall_office.make_key(begun.recovery_text, AT)
    desk.close(with_backup=False)
    return folder, begun.recovery_text


@cache
def _other_folder() -> tuple[Path, str]:
    folder = Path(tempfile.mkdtemp(prefix="medcounter-other-")) / "data"
    begun = sign_in.begin(folder)
    people = (
        NewClerk(NAMES[2], SUPERVISOR, secret_of(NAMES[2])),
        NewClerk(CLERK_NAME, CLERK, secret_of(CLERK_NAME)),
    )
    begun.finish(people, begun.recovery_text, AT)
    return folder, begun.recovery_text


def hall_folder(destination: Path) -> str:
    """Put the desk where the hall's rules are made at a place; give its recovery key."""
    folder, recovery_text = _hall_folder()
    shutil.copytree(folder, destination)
    return recovery_text


def other_folder(destination: Path) -> str:
    """Put another desk of the hall at a place; give its recovery key."""
    folder, recovery_text = _other_folder()
    shutil.copytree(folder, destination)
    return recovery_text


@contextmanager
def opened(
    folder: Path, name: str, at: datetime = AT, roots: Roots | None = None
) -> Iterator[Desk]:
    """Open a desk for one of the hall's people."""
    who = sign_in.sign_in(folder, name, secret_of(name))
    desk = Desk.open(folder, at, who=who, roots=roots)
    try:
        yield desk
    finally:
        desk.close(with_backup=False)


def signer_at(folder: Path, name: str) -> Signer:
    """The signing key in somebody's slot."""
    signer = sign_in.sign_in(folder, name, secret_of(name)).key.signer
    assert signer is not None
    return signer


def release_at(folder: Path, **more: Any) -> HallRelease:  # noqa: ANN401 - any field
    """What Wang wrote and Li reviews at the desk where rules are made."""
    with opened(folder, NAMES[0]) as desk:
        certificates = desk.hall_rules.state.certificates
    people = {one.name: one.id for one in certificates[-1].people}
    said = replace(
        release(), certificates=certificates, author=people[NAMES[0]], reviewer=people[NAMES[1]]
    )
    return replace(said, **more)


def signed_at(folder: Path, **more: Any) -> bytes:  # noqa: ANN401 - any field
    """The file that both signed there."""
    what = release_at(folder, **more)
    return signed(what, signer_at(folder, NAMES[0]), signer_at(folder, NAMES[1])).data
