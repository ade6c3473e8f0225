"""Rules that a hall made for itself: written, signed by two, read, or refused.

One signed file: a place's part over a named base, who wrote and who reviewed it,
their signatures over the same bytes, and the certificate that they are supervisors
of this hall. Every byte of the file is in its one form. What a desk knows, such as
older revisions, is asked elsewhere; opens no file.

Source: DSSE protocol 1.0 (secure-systems-lab/dsse).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from medcounter.bundle.hall import hall_bundle_errors
from medcounter.bundle.signed_package import Floor
from medcounter.places.place_code import is_code
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import ProgrammeHead
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import envelope
from medcounter.trust.hall.hall_certificate import (
    HallCertificate,
    HallPerson,
    is_public,
    plain_person,
    read_certificates,
)
from medcounter.trust.roots import make_root
from medcounter.trust.signer import Signer
from medcounter.trust.trust_errors import PackageRefusedError

PAYLOAD_TYPE = "application/vnd.medcounter.hall-rules+json"
FORMAT = 1
# No office's bundle is called so: its id stays that of the rules that ship.
_PREFIX = "hall-"
MAX_BYTES = 2_000_000


class KeptSourceFile(NamedTuple):
    """An announcement kept beside the rules: the file's name, and its SHA-256, hex."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HallRelease:
    """What two supervisors sign.

    Attributes:
        certificates: Of the hall, from its first on.
        author: Id of who wrote it.
        reviewer: Id of who reviewed it.
        revision: Rises with each release of the hall.
        begins: First day on which it is used, inclusive.
        released: Day on which the author signed.
        base: The bundle that it is laid over.
        part: The place's part, the very bytes of the author's file.
        vocabulary: Codes that the part's head adds.
    """

    certificates: tuple[HallCertificate, ...]
    author: str
    reviewer: str
    revision: int
    begins: date
    released: date
    base: Floor
    part: bytes
    vocabulary: Mapping[str, Any] = field(hash=False)

    @property
    def certificate(self) -> HallCertificate:
        """The newest one in it."""
        return self.certificates[-1]

    @property
    def hall_key(self) -> str:
        """The hall's public key, 64 hex digits."""
        return self.certificate.hall_key

    @property
    def content(self) -> dict[str, Any]:
        """The part as a document."""
        read = read_strict(self.part)
        return read if isinstance(read, dict) else {}

    @property
    def place(self) -> ProgrammeHead:
        """For which place, scheme and year it has rules."""
        return ProgrammeHead.written(self.content["programmes"][0])

    def name_of(self, code: str) -> str:
        """Name a place; one that is not in the nation's table as the rules name it."""
        named = self.content.get("regions", ())
        own = (str(one["name"]) for one in named if one.get("code") == code and "name" in one)
        return full_name(code) or next(own, code)

    @property
    def files(self) -> tuple[KeptSourceFile, ...]:
        """The announcements that its sources were taken from, as the part names them."""
        return tuple(
            KeptSourceFile(str(one.get("name")), str(one.get("sha256")))
            for source in self.content.get("sources", ())
            for one in source.get("files", ())
        )

    @property
    def people(self) -> tuple[HallPerson, HallPerson]:
        """Author and reviewer.

        Raises:
            HallSignerUnlistedError: One of them is not on the certificate.
        """
        found = [self.certificate.person(id_) for id_ in (self.author, self.reviewer)]
        if found[0] is None or found[1] is None:
            raise hall_bundle_errors.HallSignerUnlistedError
        return found[0], found[1]

    @property
    def bundle(self) -> str:
        """The id under which notices name it."""
        return bundle_id(self.hall_key)


@dataclass(frozen=True, slots=True)
class HallBundle:
    """A release that both have signed.

    Attributes:
        release: What it says.
        sha256: Hash of what was signed, hex.
        data: The file.
    """

    release: HallRelease
    sha256: str
    data: bytes


def bundle_id(hall: str) -> str:
    """Return the id under which notices name the rules of a hall."""
    return f"{_PREFIX}{make_root('', hall).id[:8]}"


def is_of_hall(bundle: str) -> bool:
    """Return whether rules that a notice names by this id were made by a hall."""
    return bundle.startswith(_PREFIX)


def is_hall_bundle(data: bytes) -> bool:
    """Return whether a file is rules of a hall, whoever signed it."""
    try:
        return envelope.take_apart(data).payload_type == PAYLOAD_TYPE
    except PackageRefusedError:
        return False


def write_release(release: HallRelease) -> bytes:
    """Write what is signed, in its one form.

    Raises:
        HallRulesRefusedError: It could not be read again; one subclass per cause.
    """
    base = release.base
    content = {
        "author": release.author,
        "base": {"bundle": base.bundle, "revision": base.revision, "sha256": base.sha256},
        "begins": release.begins.isoformat(),
        "certificates": [one.data.decode() for one in release.certificates],
        "format": FORMAT,
        "hall": release.hall_key,
        "part": release.part.decode(),
        "released": release.released.isoformat(),
        "reviewer": release.reviewer,
        "revision": release.revision,
        "vocabulary": dict(release.vocabulary),
    }
    payload = canonical(content)
    read_release(payload)
    return payload


def unsigned(release: HallRelease) -> HallBundle:
    """Return an unsigned release, to show what it would be.

    Raises:
        HallRulesRefusedError: It could not be read again; one subclass per cause.
    """
    return HallBundle(release, hashlib.sha256(write_release(release)).hexdigest(), b"")


def sign_first(release: HallRelease, author: Signer) -> bytes:
    """Sign as the author; the reviewer's signature is still missing.

    Raises:
        HallRulesRefusedError: It is not the author who signs, or nothing that anybody
            would believe; one subclass per cause.
    """
    if make_root("", author.public).id != release.author:
        raise hall_bundle_errors.HallSignerUnlistedError
    return envelope.sign_as(write_release(release), PAYLOAD_TYPE, author)


def sign_second(data: bytes, reviewer: Signer) -> HallBundle:
    """Sign as the reviewer what the author signed.

    Raises:
        HallRulesRefusedError: One subclass per cause.
    """
    release = open_half(data)
    if make_root("", reviewer.public).id != release.reviewer:
        raise hall_bundle_errors.HallSignerUnlistedError(
            "这份规则请的不是这名主管复核", "请编制人指定的主管登录后签名"
        )
    return open_hall_bundle(envelope.sign_too(data, reviewer))


def open_half(data: bytes) -> HallRelease:
    """Read a release that only its author has signed.

    Raises:
        HallRulesRefusedError: One subclass per cause.
    """
    signed = _taken_apart(data)
    release = read_release(signed.payload)
    _require_signed(signed, release.people[:1])
    return release


def open_hall_bundle(data: bytes) -> HallBundle:
    """Read rules of a hall and check all that the file itself can tell.

    Args:
        data: The file.

    Raises:
        HallRulesRefusedError: One subclass per cause.
        HallCertificateRefusedError: The certificate is not to be believed.
    """
    signed = _taken_apart(data)
    release = read_release(signed.payload)
    people = release.people
    if len(signed.signatures) < len(people):
        raise hall_bundle_errors.HallRulesHalfSignedError
    _require_signed(signed, people)
    return HallBundle(release, hashlib.sha256(signed.payload).hexdigest(), data)


def read_release(payload: bytes) -> HallRelease:
    """Read what is signed, without asking whose signatures are on it.

    Raises:
        HallRulesRefusedError: One subclass per cause.
        HallCertificateRefusedError: The certificate is not to be believed.
    """
    try:
        content = read_strict(payload)
        if canonical(content) != payload:
            raise hall_bundle_errors.HallRulesUnreadableError
        release = _read(content)
    except (StrictJsonError, UnicodeEncodeError) as err:
        raise hall_bundle_errors.HallRulesUnreadableError from err
    author, reviewer = release.people
    if author.public == reviewer.public or plain_person(author.name) == plain_person(reviewer.name):
        raise hall_bundle_errors.HallRulesOnePersonError
    place = release.place
    if len(release.content["programmes"]) > 1 or place.first_year != place.last_year:
        raise hall_bundle_errors.HallRulesOnePlaceError
    return release


def _read(content: object) -> HallRelease:
    match content:
        case {
            "author": str(author),
            "base": {"bundle": str(bundle), "revision": int(of_base), "sha256": str(sha256)},
            "begins": str(begins),
            "certificates": list(certificates),
            "format": int(form),
            "hall": str(hall),
            "part": str(part),
            "released": str(released),
            "reviewer": str(reviewer),
            "revision": int(revision),
            "vocabulary": dict(vocabulary),
            **rest,
        } if form == FORMAT and revision > 0 and not rest:
            numbers = {type(number) for number in (form, revision, of_base)}
            texts = [one.encode() for one in certificates if isinstance(one, str)]
            if len(texts) != len(certificates) or not is_public(hall) or numbers != {int}:
                raise hall_bundle_errors.HallRulesUnreadableError
            release = HallRelease(
                read_certificates(tuple(texts)),
                author,
                reviewer,
                revision,
                _day(begins),
                _day(released),
                Floor(bundle, of_base, sha256),
                _part(part.encode()),
                vocabulary,
            )
            if release.hall_key == hall:
                return release
    raise hall_bundle_errors.HallRulesUnreadableError


def _taken_apart(data: bytes) -> envelope.SignedFile:
    """Parse a file; refuse it unless it re-serialises to the same bytes."""
    if len(data) > MAX_BYTES:
        raise hall_bundle_errors.HallRulesTooLargeError
    try:
        signed = envelope.take_apart(data)
        in_one_form = canonical(read_strict(data)) == data
    except (PackageRefusedError, StrictJsonError) as err:
        raise hall_bundle_errors.HallRulesUnreadableError from err
    if signed.payload_type != PAYLOAD_TYPE or not in_one_form:
        raise hall_bundle_errors.HallRulesUnreadableError
    return signed


def _require_signed(signed: envelope.SignedFile, people: tuple[HallPerson, ...]) -> None:
    """Require the signatures of exactly these people, in this order."""
    if [key_id for key_id, _ in signed.signatures] != [person.id for person in people]:
        raise hall_bundle_errors.HallRulesTamperedError
    if not all(envelope.has_signed(signed, person.public) for person in people):
        raise hall_bundle_errors.HallRulesTamperedError


def _part(data: bytes) -> bytes:
    """Require that a part names its places."""
    part = read_strict(data)
    programmes = part.get("programmes") if isinstance(part, dict) else None
    if not isinstance(programmes, list):
        raise hall_bundle_errors.HallRulesUnreadableError
    if not programmes:
        raise hall_bundle_errors.HallRulesEmptyError
    for one in programmes:
        match one:
            case {
                "region": str(region),
                "scheme": str(_),
                "benefit_years": {"from": int(first), "to": int(last)},
                "rules": list(rules),
            } if all(isinstance(rule, dict) and "question" in rule for rule in rules):
                if {type(first), type(last)} == {int} and is_code(region):
                    continue
        raise hall_bundle_errors.HallRulesUnreadableError
    return data


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as err:
        raise hall_bundle_errors.HallRulesUnreadableError from err
    if day.isoformat() != text:
        raise hall_bundle_errors.HallRulesUnreadableError
    return day
