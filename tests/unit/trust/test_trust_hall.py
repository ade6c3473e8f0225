"""A hall's certificate: made by its key alone, changed only so that others can follow it."""

import re

import pytest
from pypinyin import lazy_pinyin

from medcounter.strict_json import canonical, read_strict
from medcounter.trust import envelope
from medcounter.trust.data_key import DataKey
from medcounter.trust.hall import hall_errors
from medcounter.trust.hall.hall_certificate import (
    PAYLOAD_TYPE,
    HallCertificate,
    HallPerson,
    certify,
    read_certificate,
    read_certificates,
)
from medcounter.trust.hall.hall_words import COUNT, WORDS, are_words_of, words_of
from medcounter.trust.key_wrapping import (
    lock_for_recovery,
    lock_hall,
    make_recovery_key,
    open_hall,
    public_half,
)
from medcounter.trust.signer import Signer, signer_of
from medcounter.trust.slot_format import authenticate, dump, load

KEY = DataKey(bytes(range(32)))
HALL, FAKE = signer_of(b"h" * 32), signer_of(b"f" * 32)
WANG, LI, ZHAO = (signer_of(bytes([one]) * 32) for one in (1, 2, 3))


def person(name: str, signer: Signer) -> HallPerson:
    return HallPerson(name, signer.public)


TWO = (person("王敏", WANG), person("李强", LI))
THREE = (*TWO, person("赵静", ZHAO))
FIRST = certify(HALL, TWO)


def resigned(certificate: HallCertificate, *signers: Signer, **changed: object) -> bytes:
    """Say something else in a certificate and sign it anew."""
    said = read_strict(envelope.take_apart(certificate.data).payload)
    assert isinstance(said, dict)
    return envelope.sign_as(canonical(said | changed), PAYLOAD_TYPE, *signers)


def test_a_hall_names_its_first_supervisors_alone() -> None:
    assert FIRST.serial == 1
    assert FIRST.people == TWO
    assert read_certificate(FIRST.data) == FIRST


def test_a_person_is_taken_off_by_the_hall_alone() -> None:
    later = certify(HALL, TWO[:1], FIRST)
    assert (later.serial, later.names()) == (2, "王敏")
    assert read_certificates((FIRST.data, later.data))[-1] == later


def test_a_person_comes_later_only_by_another_who_was_there() -> None:
    later = certify(HALL, THREE, FIRST, WANG)
    assert read_certificates((FIRST.data, later.data))[-1].people == THREE
    for voucher in (None, ZHAO, FAKE):
        with pytest.raises(hall_errors.HallPersonUnvouchedError):
            certify(HALL, THREE, FIRST, voucher)


def test_nobody_vouches_for_the_own_new_key() -> None:
    renewed = (person("王敏", ZHAO), TWO[1])
    with pytest.raises(hall_errors.HallPersonUnvouchedError):
        certify(HALL, renewed, FIRST, WANG)
    assert certify(HALL, renewed, FIRST, LI).people == renewed


@pytest.mark.parametrize(
    "people",
    [
        (person("王敏", WANG), person("王敏", LI)),
        (person("王敏", WANG), person("王敏 ", LI)),
        (person("Wang", WANG), person("ｗＡＮＧ", LI)),
        (person("王敏", WANG), person("李强", WANG)),
    ],
)
def test_one_person_or_one_key_stands_once(people: tuple[HallPerson, ...]) -> None:
    with pytest.raises(hall_errors.HallPersonTwiceError):
        certify(HALL, people)


def test_what_the_hall_did_not_sign_is_not_its_certificate() -> None:
    for signers in ((FAKE,), (WANG, LI), ()):
        with pytest.raises(hall_errors.HallCertificateForgedError):
            read_certificate(resigned(FIRST, *signers))


def test_certificates_follow_one_another_without_a_gap() -> None:
    second = certify(HALL, TWO[:1], FIRST)
    third = certify(HALL, TWO[:1], second)
    other = certify(HALL, TWO[1:], FIRST)
    assert read_certificates((FIRST.data, second.data, third.data))[-1].serial == 3
    for broken in (
        (second.data,),
        (FIRST.data, third.data),
        (FIRST.data, other.data, third.data),
        (FIRST.data, FIRST.data),
        (FIRST.data, certify(FAKE, TWO).data),
    ):
        with pytest.raises(hall_errors.HallCertificateBrokenError):
            read_certificates(broken)
    with pytest.raises(hall_errors.HallCertificateUnreadableError):
        read_certificates(())


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2}, {"serial": 0}, {"serial": True}, {"serial": "1"}, {"more": 1},
        {"people": [{"name": "王敏"}]}, {"people": [{"name": "", "public": "0" * 64}]},
        {"people": [{"name": "王\n敏", "public": "0" * 64}]},
        {"people": [{"name": "王敏", "public": "XY" * 32}]}, {"people": "王敏"},
        {"people": [{"name": f"第{n}人", "public": f"{n:064x}"} for n in range(51)]},
    ],
)  # fmt: skip
def test_what_is_no_certificate_is_not_read_even_from_the_hall(changed: dict[str, object]) -> None:
    with pytest.raises(hall_errors.HallCertificateUnreadableError):
        read_certificate(resigned(FIRST, HALL, **changed))


def test_the_file_of_something_else_is_no_certificate() -> None:
    payload = envelope.take_apart(FIRST.data).payload
    for data in (b"{}", b"", envelope.sign_as(payload, "application/json", HALL)):
        with pytest.raises(hall_errors.HallCertificateUnreadableError):
            read_certificate(data)


def test_only_the_recovery_key_opens_the_halls_own() -> None:
    private, seed = make_recovery_key(), bytes(range(32, 64))
    slot = lock_hall(seed, public_half(private))
    slots = authenticate(KEY, 1, (lock_for_recovery(KEY, public_half(private)), slot))
    read = load(dump(slots))
    assert read is not None
    assert read.whole
    assert read.hall == slot
    assert open_hall(slot, private) == (signer_of(seed), seed)
    assert open_hall(slot, make_recovery_key()) is None
    assert seed.hex() not in dump(slots).decode()


def test_a_file_without_a_hall_key_is_written_as_before() -> None:
    slots = authenticate(KEY, 1, (lock_for_recovery(KEY, public_half(make_recovery_key())),))
    assert b'"format":2' in dump(slots)
    assert slots.hall is None


def test_an_events_form_is_never_signed_as_a_file() -> None:
    with pytest.raises(ValueError, match="event"):
        WANG.sign_bytes(b"medcounter event 1\nhmac")


def test_the_words_are_the_keys_own_and_are_told_however_they_are_spaced() -> None:
    words = words_of(HALL.public)
    assert len(words) == COUNT
    assert words != words_of(FAKE.public)
    assert are_words_of(HALL.public, "、".join(words))
    assert are_words_of(HALL.public, " ".join(words))
    assert not are_words_of(HALL.public, " ".join(reversed(words)))
    assert not are_words_of(FAKE.public, " ".join(words))
    assert not are_words_of(HALL.public, "")


def alike(syllable: str) -> str:
    """Return a syllable as it is heard where the dialect tells few sounds apart."""
    found = re.fullmatch(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)", syllable)
    assert found is not None
    first = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l"}.get(found[1], found[1])
    rest = re.sub("ng$", "n", found[2])
    if first == "h" and rest.startswith("u"):
        return "f" + (rest[1:] or rest)
    return first + rest


def test_no_two_of_the_256_words_sound_alike() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(len(word) == 2 for word in WORDS)
    heard = [tuple(map(alike, lazy_pinyin(word))) for word in WORDS]
    assert len(set(heard)) == len(WORDS)
    firsts = [first for first, _ in heard]
    assert max(map(firsts.count, firsts)) <= 3
