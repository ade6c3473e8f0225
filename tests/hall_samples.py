"""People, a hall and its rules to test with; all are invented, the place too."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from medcounter.bundle.hall.hall_bundle import HallBundle, HallRelease, sign_first, sign_second
from medcounter.bundle.package import Floor, OpenedBundle
from medcounter.bundle.shipped import open_shipped
from medcounter.trust.hall.hall_certificate import HallCertificate, HallPerson, certify
from medcounter.trust.signer import Signer, signer_of

YUNXI = Path(__file__).parents[1] / "docs" / "examples" / "yunxi"
REGION, YEAR = "990102", 2027
HALL = signer_of(b"h" * 32)
WANG, LI, ZHAO = (signer_of(bytes([one]) * 32) for one in (1, 2, 3))
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
