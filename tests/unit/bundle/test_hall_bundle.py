"""Rules of a hall are read when two supervisors on its certificate signed exactly these bytes."""

import random
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall.hall_bundle import (
    PAYLOAD_TYPE,
    HallRelease,
    is_hall_bundle,
    open_half,
    open_hall_bundle,
    sign_first,
    sign_second,
    write_release,
)
from medcounter.bundle.hall.hall_proof import (
    hall_book,
    is_covered,
    local_rules,
    prove_over,
    require_uncovered,
)
from medcounter.strict_json import canonical, read_strict
from medcounter.trust import envelope
from medcounter.trust.hall.hall_certificate import certify
from medcounter.trust.hall.hall_errors import HallCertificateRefusedError
from tests.support.desk.hall_samples import (
    HALL,
    LI,
    REGION,
    TWO,
    WANG,
    YEAR,
    ZHAO,
    changed,
    first_certificate,
    part_of_yunxi,
    person,
    release,
    shipped,
    signed,
)

Said = dict[str, Any]


def resaid(change: Callable[[Said], object]) -> bytes:
    """Sign by both what was changed in the bytes that they sign."""
    said = read_strict(write_release(release()))
    assert isinstance(said, dict)
    change(said)
    return envelope.sign_as(canonical(said), PAYLOAD_TYPE, WANG, LI)


def test_two_supervisors_on_the_certificate_make_it_whole() -> None:
    half = sign_first(release(), WANG)
    assert open_half(half) == release()
    whole = sign_second(half, LI)
    assert whole.release == release()
    assert open_hall_bundle(whole.data) == whole
    assert [one.name for one in whole.release.people] == ["王敏", "李强"]
    assert is_hall_bundle(whole.data)


def test_the_authors_signature_alone_is_half() -> None:
    with pytest.raises(errors.HallRulesHalfSignedError):
        open_hall_bundle(sign_first(release(), WANG))


@pytest.mark.parametrize(
    "signers", [(LI, WANG), (WANG, ZHAO), (ZHAO, LI), (HALL, LI), (WANG, HALL)]
)
def test_others_signatures_or_another_order_are_none(signers: tuple[Any, Any]) -> None:
    data = envelope.sign_as(write_release(release()), PAYLOAD_TYPE, *signers)
    with pytest.raises(errors.HallRulesTamperedError):
        open_hall_bundle(data)


def test_a_third_signature_beside_them_is_refused() -> None:
    data = envelope.sign_as(write_release(release()), PAYLOAD_TYPE, WANG, LI, ZHAO)
    with pytest.raises(errors.HallRulesTamperedError):
        open_hall_bundle(data)


def test_nobody_signs_in_anothers_place() -> None:
    with pytest.raises(errors.HallSignerUnlistedError):
        sign_first(release(), LI)
    with pytest.raises(errors.HallSignerUnlistedError):
        sign_second(sign_first(release(), WANG), ZHAO)


def test_one_person_is_not_two() -> None:
    with pytest.raises(errors.HallRulesOnePersonError):
        sign_first(replace(release(), reviewer=TWO[0].id), WANG)


def test_who_is_not_on_the_certificate_signs_nothing() -> None:
    with pytest.raises(errors.HallSignerUnlistedError):
        sign_first(replace(release(), reviewer=person("赵静", ZHAO).id), WANG)


def test_who_was_taken_off_the_certificate_signs_nothing() -> None:
    later = certify(HALL, TWO[:1], first_certificate())
    with pytest.raises(errors.HallSignerUnlistedError):
        sign_first(replace(release(), certificates=(first_certificate(), later)), WANG)


def test_a_text_changed_between_the_signatures_makes_both_void() -> None:
    half = sign_first(release(), WANG)
    file = read_strict(half)
    assert isinstance(file, dict)
    payload = b64decode(file["payload"]).replace(b"2026-12-01", b"2026-12-02")
    tampered = canonical({**file, "payload": b64encode(payload).decode()})
    with pytest.raises(errors.HallRulesTamperedError):
        sign_second(tampered, LI)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(format=2), lambda said: said.update(more=1),
        lambda said: said.pop("base"), lambda said: said.update(revision=0),
        lambda said: said.update(revision=True), lambda said: said.update(begins="20261201"),
        lambda said: said.update(begins="soon"), lambda said: said.update(part="[]"),
        lambda said: said.update(part="{"), lambda said: said.update(part='{"programmes":1}'),
        lambda said: said.update(part='{"programmes":[{"region":"9901"}]}'),
        lambda said: said.update(hall="0" * 64), lambda said: said.update(hall="x"),
        lambda said: said.update(certificates=[1]),
    ],
)  # fmt: skip
def test_what_is_no_release_is_not_read_though_both_signed(
    change: Callable[[Said], object],
) -> None:
    with pytest.raises(errors.HallRulesUnreadableError):
        open_hall_bundle(resaid(change))


def test_without_a_certificate_nobody_is_a_supervisor() -> None:
    with pytest.raises(HallCertificateRefusedError):
        open_hall_bundle(resaid(lambda said: said.update(certificates=[])))


def test_a_file_is_read_in_its_one_form_only() -> None:
    data = signed(release()).data
    for other in (b" " + data, data + b"\n", data.replace(b'":', b'" :'), b"", b"{}", data[:-1]):
        with pytest.raises(errors.HallRulesUnreadableError):
            open_hall_bundle(other)
    with pytest.raises(errors.HallRulesTooLargeError):
        open_hall_bundle(b" " * 2_000_001)
    with pytest.raises(errors.HallRulesUnreadableError):
        open_hall_bundle(envelope.sign_as(write_release(release()), "application/json", WANG, LI))


@pytest.mark.parametrize("seed", range(200))
def test_no_mutation_of_a_file_is_read(seed: int) -> None:
    assert not is_read(mutated(seed))


def mutated(seed: int) -> bytes:
    """Change a signed file in one of several ways, another one for each seed."""
    data, chance = bytearray(signed(release()).data), random.Random(seed)  # noqa: S311 - no secret
    at, end = chance.randrange(len(data)), chance.randrange(len(data))
    way = chance.randrange(5)
    if way == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif way == 1:
        data[at] = chance.choice([one for one in b'{}[]",:0aA=+/' if one != data[at]])
    elif way == 2:
        del data[at : at + chance.randrange(1, 40)]
    elif way == 3:
        data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
    else:
        first, last = min(at, end), max(at, end) + 1
        data[first:last] = bytes(reversed(data[first:last])) + b"x"
    return bytes(data)


def is_read(data: bytes) -> bool:
    try:
        open_hall_bundle(data)
    except (errors.HallRulesRefusedError, HallCertificateRefusedError):
        return False
    return True


def test_rules_for_a_place_without_an_offices_are_proven_over_it() -> None:
    whole = signed(release())
    require_uncovered(whole.release, shipped())
    prove_over(shipped(), (whole,), whole)
    assert not is_covered(whole.release, shipped())


def elsewhere(region: str, year: int) -> HallRelease:
    """The same rules, said to be for another place and year."""
    part = part_of_yunxi()
    part["programmes"][0]["region"] = region
    part["programmes"][0]["benefit_years"] = {"from": year, "to": year}
    part["regions"] = []
    part["examples"] = []
    return changed(part)


@pytest.mark.parametrize(
    ("region", "year", "refused"),
    [
        ("000000", 2027, errors.HallRulesNationError),
        ("360000", 2026, errors.HallRulesCoveredError),
        ("360100", 2026, errors.HallRulesCoveredError),
        ("420000", 2026, errors.HallRulesCoveredError),
    ],
)
def test_an_office_or_the_nation_is_never_replaced(
    region: str, year: int, refused: type[errors.HallRulesRefusedError]
) -> None:
    with pytest.raises(refused):
        require_uncovered(elsewhere(region, year), shipped())
    assert is_covered(elsewhere(region, year), shipped())


def test_the_place_above_an_offices_is_not_changed_either() -> None:
    heads = [h for h in shipped().bundle.heads if h.region[2:4] != "00" and h.first_year == 2026]
    provinces = {head.region[:2] + "0000" for head in heads if head.scheme == "resident"}
    own = {h.region for h in shipped().bundle.heads if h.first_year <= 2026 <= h.last_year}
    above = sorted(provinces - own)
    assert above, "some city has rules of its own under a province that has none"
    with pytest.raises(errors.HallRulesAboveOfficeError):
        require_uncovered(elsewhere(above[0], 2026), shipped())


def test_the_notices_kept_beside_it_are_named_within_what_is_signed() -> None:
    part = part_of_yunxi()
    part["sources"][0]["files"] = [{"name": "notice.pdf", "sha256": "5" * 64}]
    assert [tuple(one) for one in changed(part).files] == [("notice.pdf", "5" * 64)]
    assert release().files == ()


def test_one_file_is_for_one_place_and_year() -> None:
    part = part_of_yunxi()
    for programmes, refused in (
        ([], errors.HallRulesEmptyError),
        ([part["programmes"][0]] * 2, errors.HallRulesOnePlaceError),
        (
            [part["programmes"][0] | {"benefit_years": {"from": 2027, "to": 2028}}],
            errors.HallRulesOnePlaceError,
        ),
    ):
        with pytest.raises(refused):
            sign_first(changed(part | {"programmes": programmes}), WANG)


def test_no_other_place_is_named_or_worked_out() -> None:
    for more in (
        {"regions": [{"code": "360100", "name": "别处"}]},
        {"examples": [{**part_of_yunxi()["examples"][0], "facts": {"region": "360000"}}]},
    ):
        with pytest.raises(errors.HallRulesOutsideError):
            require_uncovered(changed(part_of_yunxi() | more), shipped())


def test_a_gap_a_wrong_example_or_a_missing_fee_is_not_proven() -> None:
    wrong = part_of_yunxi()
    example = next(one for one in wrong["examples"] if "fee.total" in one["expect"])
    example["expect"]["fee.total"] = "0.01"
    gap = part_of_yunxi()
    gap["programmes"][0]["rules"] = [
        rule for rule in gap["programmes"][0]["rules"] if rule["question"] != "standard"
    ]
    broken = part_of_yunxi()
    broken["programmes"][0]["rules"][0]["source"] = "nowhere"
    for part in (wrong, gap, broken):
        whole = signed(changed(part))
        with pytest.raises(errors.HallRulesUnprovenError):
            prove_over(shipped(), (whole,), whole)


def test_a_code_that_the_office_uses_otherwise_is_refused() -> None:
    taken = shipped().bundle.programmes[0].id
    part = part_of_yunxi()
    part["programmes"][0]["id"] = taken
    whole = signed(changed(part))
    with pytest.raises(errors.HallRulesUnprovenError, match=taken):
        prove_over(shipped(), (whole,), whole)


def test_the_book_names_the_halls_rules_for_their_place_alone() -> None:
    whole, base = signed(release()), shipped()
    book = hall_book(base.payload, base.sha256, (whole,))
    assert book.answers(REGION, "resident", YEAR)
    assert book.local_for(REGION, "resident", YEAR) == (local_rules(whole),)
    named = book.bundles_for(REGION, "resident", YEAR)
    assert [one.sha256 for one in named] == [base.sha256, whole.sha256]
    assert book.hash_for("360000", "resident", 2026) == base.sha256
    assert book.local_for("360000", "resident", YEAR) == ()
