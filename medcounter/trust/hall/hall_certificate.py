"""A hall's certificate: which supervisors may release its rules.

Signed by the hall's own key. Each one names the one before by its hash, and its
serial only rises; a person who comes later is there by the signature of another
who was there before. Opens no file and asks no day.

Source: Ed25519, RFC 8032.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import envelope
from medcounter.trust.hall import hall_errors
from medcounter.trust.roots import make_root
from medcounter.trust.signer import Signer
from medcounter.trust.trust_errors import PackageRefusedError

PAYLOAD_TYPE = "application/vnd.medcounter.hall-certificate+json"
FORMAT = 1
MOST_PEOPLE = 50
MOST_CERTIFICATES = 500
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class HallPerson:
    """A supervisor on a certificate.

    Attributes:
        name: As in their own slot.
        public: Their own signing key, 64 hex digits.
    """

    name: str
    public: str

    @property
    def id(self) -> str:
        """SHA-256 of the raw key, hex."""
        return make_root(self.name, self.public).id


@dataclass(frozen=True, slots=True)
class HallCertificate:
    """The supervisors of a hall from one serial on.

    Attributes:
        hall_key: The hall's public key, 64 hex digits.
        serial: 1 for the first.
        before: SHA-256 of the payload of the one before, hex; empty for the first.
        people: Who may release rules.
        data: The signed file.
    """

    hall_key: str
    serial: int
    before: str
    people: tuple[HallPerson, ...]
    data: bytes

    @property
    def sha256(self) -> str:
        """Hash of what is signed, hex."""
        return hashlib.sha256(envelope.take_apart(self.data).payload).hexdigest()

    def person(self, id_: str) -> HallPerson | None:
        """Return who has a key; None when it is nobody on it."""
        return next((person for person in self.people if person.id == id_), None)

    def names(self) -> str:
        """List the names, for people."""
        return "、".join(person.name for person in self.people)


def certify(
    hall: Signer,
    people: tuple[HallPerson, ...],
    before: HallCertificate | None = None,
    voucher: Signer | None = None,
) -> HallCertificate:
    """Make the first certificate of a hall, or the next one.

    Args:
        hall: The hall's own key.
        people: Who may release rules from now on.
        before: The one in force; None for the first.
        voucher: A person on the one before, needed where somebody is added.

    Raises:
        HallCertificateRefusedError: Nobody would believe it; one subclass per cause.
    """
    serial = 1 if before is None else before.serial + 1
    content = {
        "before": "" if before is None else before.sha256,
        "format": FORMAT,
        "hall": hall.public,
        "people": [{"name": one.name, "public": one.public} for one in people],
        "serial": serial,
    }
    signers = (hall,) if voucher is None else (hall, voucher)
    made = read_certificate(envelope.sign_as(canonical(content), PAYLOAD_TYPE, *signers))
    _require_next(made, before)
    return made


def read_certificates(files: tuple[bytes, ...]) -> tuple[HallCertificate, ...]:
    """Read all certificates of one hall, from its first on.

    Raises:
        HallCertificateRefusedError: They are not to be believed; one subclass per cause.
    """
    if not 0 < len(files) <= MOST_CERTIFICATES:
        raise hall_errors.HallCertificateUnreadableError
    read = tuple(read_certificate(data) for data in files)
    before: HallCertificate | None = None
    for one in read:
        _require_next(one, before)
        before = one
    return read


def read_certificate(data: bytes) -> HallCertificate:
    """Read one certificate, signed by the hall that it names.

    Raises:
        HallCertificateRefusedError: One subclass per cause.
    """
    try:
        signed = envelope.take_apart(data)
        content = read_strict(signed.payload)
    except (PackageRefusedError, StrictJsonError) as err:
        raise hall_errors.HallCertificateUnreadableError from err
    match content:
        case {
            "format": int(form),
            "hall": str(hall),
            "serial": int(serial),
            "before": str(before),
            "people": list(listed),
            **rest,
        } if (form, type(serial)) == (FORMAT, int) and serial > 0 and not rest:
            people = tuple(_read_person(one) for one in listed[:MOST_PEOPLE])
        case _:
            raise hall_errors.HallCertificateUnreadableError
    if (
        signed.payload_type != PAYLOAD_TYPE
        or canonical(content) != signed.payload
        or (len(listed) > MOST_PEOPLE)
    ):
        raise hall_errors.HallCertificateUnreadableError
    _require_once(people)
    if not is_public(hall) or not envelope.has_signed(signed, hall):
        raise hall_errors.HallCertificateForgedError
    return HallCertificate(hall, serial, before, people, data)


def is_public(text: str) -> bool:
    """Return whether a text is a raw public key in its one form."""
    return len(text) == 64 and all(one in "0123456789abcdef" for one in text)  # noqa: PLR2004 - 32 bytes in hex


def plain_person(name: str) -> str:
    """Return a name normalised for comparing persons."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _require_next(one: HallCertificate, before: HallCertificate | None) -> None:
    """Require that a certificate correctly follows another."""
    if before is None:
        if one.serial != 1 or one.before:
            raise hall_errors.HallCertificateBrokenError
        return
    if (one.hall_key, one.serial, one.before) != (
        before.hall_key,
        before.serial + 1,
        before.sha256,
    ):
        raise hall_errors.HallCertificateBrokenError
    known = {person.public for person in before.people}
    added = [person for person in one.people if person.public not in known]
    if not added:
        return
    # Who has a new key does not vouch for it by the old one.
    new_names = {plain_person(person.name) for person in added}
    signed = envelope.take_apart(one.data)
    vouchers = [person for person in before.people if plain_person(person.name) not in new_names]
    if not any(envelope.has_signed(signed, person.public) for person in vouchers):
        raise hall_errors.HallPersonUnvouchedError


def _require_once(people: tuple[HallPerson, ...]) -> None:
    names = {plain_person(person.name) for person in people}
    if len(names) != len(people) or len({person.public for person in people}) != len(people):
        raise hall_errors.HallPersonTwiceError


def _read_person(raw: object) -> HallPerson:
    match raw:
        case {"name": str(name), "public": str(public), **rest} if not rest and is_public(public):
            if plain_person(name) and len(name) <= _LONGEST_NAME and name.isprintable():
                return HallPerson(name, public)
    raise hall_errors.HallCertificateUnreadableError
