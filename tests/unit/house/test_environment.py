"""The environment that these tests run in holds all that its packages ask for."""

from collections.abc import Iterator
from importlib.metadata import distribution, distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needs(name: str, extras: set[str]) -> Iterator[Requirement]:
    """What a package asks for here, with the extras that somebody asks of it."""
    for line in distribution(name).requires or ():
        need = Requirement(line)
        chosen = [{"extra": extra} for extra in extras or {""}]
        if need.marker is None or any(need.marker.evaluate(one) for one in chosen):
            yield need


def test_every_package_has_what_it_asks_for_and_the_extras_too() -> None:
    installed = {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}
    assert len(installed) > 20
    waiting: list[tuple[str, frozenset[str]]] = [(name, frozenset()) for name in installed]
    seen: set[tuple[str, frozenset[str]]] = set()
    missing = []
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for need in needs(one[0], set(one[1])):
            name = canonicalize_name(need.name)
            waiting.append((name, frozenset(need.extras)))
            version = installed.get(name)
            if version is None or not need.specifier.contains(version, prereleases=True):
                missing.append(f"{one[0]} asks for {need}")
                waiting.pop()
    assert missing == []
    assert any(extras for _, extras in seen), "none asks for an extra: this test holds nothing"
