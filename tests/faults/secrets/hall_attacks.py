"""Ways of whoever is not two supervisors to bring a hall's rules into force."""

import json
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from medcounter.bundle.hall.hall_bundle import (
    PAYLOAD_TYPE,
    HallRelease,
    open_hall_bundle,
    sign_first,
    write_release,
)
from medcounter.bundle.hall.hall_proof import joined_payload
from medcounter.bundle.hall.hall_state import proof_base
from medcounter.cli.program import main
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.desk.rules.hall_office import Heard
from medcounter.errors import MedCounterError
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.rules import hall_record
from medcounter.trust import envelope
from medcounter.trust.hall.hall_certificate import certify
from medcounter.trust.hall.hall_words import words_of
from medcounter.trust.signer import make_seed, signer_of
from tests.faults.rows import Figures
from tests.faults.secrets.left_open import LEFT_OPEN, document_at
from tests.support.desk.hall_samples import (
    AT,
    CLERK_NAME,
    NAMES,
    REGION,
    YEAR,
    changed,
    hall_folder,
    opened,
    other_folder,
    part_of_yunxi,
    person,
    release_at,
    secret_of,
    shipped,
    signed,
    signed_at,
    signer_at,
    word_of,
)

BAD = ("in force", "exceptions without a sentence")
WANG, LI, ZHAO = NAMES
Attack = Callable[[Path, str], None]


def _take(folder: Path, name: str, data: bytes) -> None:
    with opened(folder, name) as desk:
        desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT)


def write_line(folder: Path, name: str, kind: str, detail: dict[str, object]) -> None:
    """Write an event past the program's own checks, signed by somebody's slot."""
    given = sign_in.sign_in(folder, name, secret_of(name))
    store = open_store(folder, given.key)
    try:
        store.note(NewEvent(kind, AT, name, detail=detail))
    finally:
        store.close(with_backup=False)


def _own_hall() -> tuple[bytes, dict[str, object]]:
    """Make a hall of two who are nobody, its rules, and the word that it was confirmed."""
    hall, *two = (signer_of(make_seed()) for _ in range(3))
    people = (person("甲", two[0]), person("乙", two[1]))
    certificate = certify(hall, people)
    what = replace(
        changed(part_of_yunxi()),
        certificates=(certificate,),
        author=people[0].id,
        reviewer=people[1].id,
    )
    said = hall_record.confirmed((certificate,), frozenset(one.public for one in people))
    return signed(what, two[0], two[1]).data, said


def _clerk_signs_alone(folder: Path, _recovery: str) -> None:
    what = release_at(folder)
    clerk = signer_at(folder, CLERK_NAME)
    nobody = signer_of(make_seed())
    _take(folder, CLERK_NAME, envelope.sign_as(write_release(what), PAYLOAD_TYPE, clerk, nobody))


def _clerk_as_both(folder: Path, _recovery: str) -> None:
    document = document_at(folder)
    with opened(folder, CLERK_NAME) as desk:
        desk.release.sign_as_author(document, LI, AT.date(), word_of(desk), AT)


def _author_twice(folder: Path, _recovery: str) -> None:
    what = release_at(folder)
    wang = signer_at(folder, WANG)
    _take(folder, WANG, signed(replace(what, reviewer=what.author), wang, wang).data)


def _author_and_nobody(folder: Path, _recovery: str) -> None:
    what, wang = release_at(folder), signer_at(folder, WANG)
    _take(
        folder,
        WANG,
        envelope.sign_as(write_release(what), PAYLOAD_TYPE, wang, signer_of(make_seed())),
    )


def _half(folder: Path, _recovery: str) -> None:
    _take(folder, WANG, sign_first(release_at(folder), signer_at(folder, WANG)))


def _new_slot_of_own(folder: Path, _recovery: str) -> None:
    """A supervisor makes another one, whose secret is known to the first."""
    with opened(folder, WANG) as desk:
        new = sign_in.NewClerk(ZHAO, sign_in.SUPERVISOR, secret_of(ZHAO))
        desk.access.clerks.add(new, AT)
    what, zhao = release_at(folder), signer_at(folder, ZHAO)
    made = replace(what, reviewer=person(ZHAO, zhao).id)
    _take(
        folder,
        WANG,
        envelope.sign_as(_unchecked(made), PAYLOAD_TYPE, signer_at(folder, WANG), zhao),
    )


def _unchecked(what: HallRelease) -> bytes:
    """Write a release whatever it says: what the program itself would not write."""
    other = next(one.id for one in what.certificate.people if one.id != what.author)
    said = json.loads(write_release(replace(what, reviewer=other)))
    said["reviewer"] = what.reviewer
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _secret_reset(folder: Path, _recovery: str) -> None:
    """A supervisor gives the other one a new secret and signs as that one."""
    what = release_at(folder)
    with opened(folder, WANG) as desk:
        desk.access.clerks.change_secret(LI, secret_of(ZHAO), AT)
    li = sign_in.sign_in(folder, LI, secret_of(ZHAO)).key.signer
    assert li is not None
    _take(
        folder,
        WANG,
        envelope.sign_as(write_release(what), PAYLOAD_TYPE, signer_at(folder, WANG), li),
    )


def _own_words(folder: Path, _recovery: str) -> None:
    """A supervisor confirms a hall of the own making over the real one."""
    data, _ = _own_hall()
    with opened(folder, WANG) as desk:
        words = "".join(words_of(open_hall_bundle(data).release.hall_key))
        desk.hall_office.confirm(data, Heard(words), AT)
    _take(folder, WANG, data)


def _line_by_clerk(folder: Path, _recovery: str) -> None:
    data, said = _own_hall()
    write_line(folder, CLERK_NAME, "hall", said)
    put_line(folder, CLERK_NAME, data)


def put_line(folder: Path, name: str, data: bytes, begins: date = AT.date()) -> None:  # noqa: B008 - a constant
    hall = open_hall_bundle(data)
    write_line(
        folder,
        name,
        "import",
        hall_record.taken(hall, begins, proof_base(shipped().sha256, (hall,))),
    )


def _line_by_supervisor(folder: Path, _recovery: str) -> None:
    data, said = _own_hall()
    write_line(folder, WANG, "hall", said)
    put_line(folder, WANG, data)


def _copied_signature(folder: Path, _recovery: str) -> None:
    """A clerk puts a supervisor's code and signature beside another text."""
    data, said = _own_hall()
    given = sign_in.sign_in(folder, CLERK_NAME, secret_of(CLERK_NAME))
    store = open_store(folder, given.key)
    try:
        with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's own checks
            last = database.conn.execute("SELECT max(id) FROM event").fetchone()[0]
            row = database.conn.execute(
                "SELECT e.clerk, e.mac, s.public, s.signature FROM event e"
                " JOIN event_signature s ON s.event = e.id WHERE e.kind = 'hall'"
            ).fetchone()
            text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            values = (last + 1, "hall", AT.isoformat(), row[0], text, row[1])
            database.conn.execute(
                "INSERT INTO event (id, kind, at, clerk, detail, mac) VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
            database.conn.execute(
                "INSERT INTO event_signature VALUES (?, ?, ?)", (last + 1, row[2], row[3])
            )
    finally:
        store.close(with_backup=False)
    put_line(folder, CLERK_NAME, data)


def _edited_files(folder: Path, _recovery: str) -> None:
    """Files of rules, raw and signed, are put where rules are kept."""
    data = signed_at(folder)
    kept = folder / "bundles"
    (kept / "hall.json").write_bytes(data)
    joined = joined_payload(shipped().payload, (open_hall_bundle(data),))
    for path in kept.glob("*.json"):
        path.write_bytes(joined)


def _never_confirmed(folder: Path, _recovery: str) -> None:
    data = signed_at(folder)
    other = folder.parent / "other"
    other_folder(other)
    _take(other, ZHAO, data)


def _removed_author(folder: Path, recovery: str) -> None:
    data = signed_at(folder)
    with opened(folder, LI) as desk:
        desk.access.clerks.remove(WANG, AT)
        desk.hall_office.certify(recovery, AT)
    _take(folder, LI, data)


def _changed_text(folder: Path, _recovery: str) -> None:
    what = release_at(folder)
    other = replace(what, part=what.part.replace(b"420.00", b"421.00"))
    wang, li = signer_at(folder, WANG), signer_at(folder, LI)
    half = json.loads(sign_first(what, wang))
    whole = json.loads(envelope.sign_as(write_release(other), PAYLOAD_TYPE, wang, li))
    whole["signatures"][0] = half["signatures"][0]
    _take(folder, LI, json.dumps(whole, separators=(",", ":")).encode())


def _said_to_be_proven(folder: Path, _recovery: str) -> None:
    """A clerk says of rules that two signed that they were proven; their examples fail."""
    what = release_at(folder)
    other = replace(what, part=what.part.replace(b"420.00", b"421.00"))
    hall = signed(other, signer_at(folder, WANG), signer_at(folder, LI))
    put_line(folder, CLERK_NAME, hall.data)
    ground = proof_base(shipped().sha256, (hall,))
    said = hall_record.proven(frozenset({hall.sha256}), ground)
    write_line(folder, CLERK_NAME, "import", said)


def _elsewhere(region: str, year: int) -> Attack:
    def attack(folder: Path, _recovery: str) -> None:
        part = part_of_yunxi()
        part["programmes"][0] |= {"region": region, "benefit_years": {"from": year, "to": year}}
        part["regions"], part["examples"] = [], []
        text = json.dumps(part, ensure_ascii=False).encode()
        _take(folder, WANG, signed_at(folder, part=text))

    return attack


def _later_day_taken_earlier(folder: Path, _recovery: str) -> None:
    data = signed_at(folder, begins=date(2026, 12, 20))
    with opened(folder, WANG) as desk:
        desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT, AT.date())


def _without_sign_in(folder: Path, _recovery: str) -> None:
    data = signed_at(folder)
    desk = Desk.open(folder.parent / "open", AT)
    try:
        desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT)
    finally:
        desk.close(with_backup=False)


def _by_command(*words: str) -> Attack:
    """A clerk gives a command and signs in with the own secret."""

    def attack(folder: Path, recovery: str) -> None:
        data, secret = signed_at(folder), folder.parent / "secret.txt"
        file, part = folder.parent / "rules.json", folder.parent / "part.json"
        own, out = folder.parent / "own.json", folder.parent / "out.json"
        own.write_bytes(_own_hall()[0])
        file.write_bytes(data)
        part.write_bytes(release_at(folder).part)
        secret.write_text(secret_of(CLERK_NAME), encoding="utf-8")
        paper = folder.parent / "paper.txt"
        paper.write_text(recovery, encoding="utf-8")
        named = {"RULES": file, "PART": part, "OWN": own, "OUT": out, "PAPER": paper}
        given = [str(named.get(word, word)) for word in words]
        signing = ["--clerk", CLERK_NAME, "--secret-file", str(secret)]
        code = main([*given, "--data-dir", str(folder), *signing])
        if code == 0:
            raise AssertionError(f"a clerk's command was done: {words}")
        raise _RefusedError

    return attack


class _RefusedError(MedCounterError):
    """命令被拒绝。"""


ATTACKS: dict[str, Attack] = {
    "a clerk signs for both": _clerk_signs_alone,
    "a clerk signs as the author": _clerk_as_both,
    "one supervisor signs twice": _author_twice,
    "one supervisor and nobody": _author_and_nobody,
    "the author's signature alone": _half,
    "a slot made by the author for nobody": _new_slot_of_own,
    "a secret reset by the author": _secret_reset,
    "a hall of the own making, confirmed by one supervisor": _own_words,
    "a line in the ledger by a clerk": _line_by_clerk,
    "a line in the ledger by one supervisor": _line_by_supervisor,
    "a supervisor's signature copied to another line": _copied_signature,
    "files put where rules are kept": _edited_files,
    "a desk that never heard the words": _never_confirmed,
    "the author taken off between": _removed_author,
    "the text changed between": _changed_text,
    "rules for the nation": _elsewhere("000000", 2027),
    "rules for a province with an office's": _elsewhere("360000", 2026),
    "rules for a place with an office's": _elsewhere("360100", 2026),
    "rules said to be proven by a clerk": _said_to_be_proven,
    "begun before their day": _later_day_taken_earlier,
    "a desk without sign-in": _without_sign_in,
    "the command hall key, by a clerk": _by_command("hall", "key", "--key-file", "PAPER"),
    "the command hall certify, by a clerk": _by_command("hall", "certify", "--key-file", "PAPER"),
    "the command hall sign, by a clerk": _by_command(
        "hall", "sign", "PART", "--reviewer", LI, "--out", "OUT"
    ),
    "the command hall confirm, by a clerk": _by_command("hall", "confirm", "OWN", "白菜"),
    "the command hall take, of an own hall": _by_command("hall", "take", "OWN"),
    "the command sync, of a hall's rules": _by_command("sync", "RULES"),
    **LEFT_OPEN,
}


def come_into_force(name: str) -> bool:
    """Try one attack on a fresh desk; return whether a rule of a hall answers after it.

    Raises:
        Exception: Something other than a refusal with a sentence.
    """
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "first"
        recovery = hall_folder(folder)
        with suppress(MedCounterError):
            ATTACKS[name](folder, recovery)
        return any(
            _answers(each, who)
            for each, who in ((folder, CLERK_NAME), (Path(room) / "other", CLERK_NAME))
            if each.exists()
        )


def _answers(folder: Path, name: str) -> bool:
    try:
        with opened(folder, name) as desk:
            answered = desk.rule_book.answers(REGION, "resident", YEAR)
            return answered or bool(desk.hall_rules.in_force)
    except MedCounterError:  # a ledger that is found changed is not worked with
        return False


def attack_all() -> Figures:
    """Try every attack."""
    figures = {"attacks": 0, **dict.fromkeys(BAD, 0)}
    for name in ATTACKS:
        figures["attacks"] += 1
        try:
            figures["in force"] += come_into_force(name)
        except Exception:  # noqa: BLE001 - whatever else comes out is what we look for
            figures["exceptions without a sentence"] += 1
            sys.stderr.write(f"{name}\n{traceback.format_exc()}\n")
    return figures
