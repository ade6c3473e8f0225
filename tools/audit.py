"""Hold what is installed to the lock, and ask for known vulnerabilities.

Usage: ``python -m tools.audit [--service URL]``. The first part always runs: every package of
``.venv`` and ``.venv-core`` is the locked one, none lies outside, licences are
listed in ``build/audit/licences.txt``. The second needs ``.venv-audit`` and an
answer of OSV (osv.dev), which is asked for every locked package, those for
other systems too. Where it does not answer, nothing is said to be well: the
exit code is 3 then, 2 for what is not the lock, 1 for a known vulnerability.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.bootstrap import ENVIRONMENTS, ROOT, Environment
from tools.package.inventory import OURSELVES, licence_of

WELL, KNOWN, OTHER, UNANSWERED = range(4)
LICENCES = ROOT / "build" / "audit" / "licences.txt"
REQUIREMENTS = ROOT / "requirements"
OSV = "https://api.osv.dev/v1/query"
AUDITOR = ROOT / ".venv-audit" / "bin" / "pip-audit"
# Every venv of Python 3.11 begins with these; what installs is looked at by its own lock.
_OF_VENV = {"pip", "setuptools"}
# For one question after the other; an answer takes a tenth of a second.
_PATIENCE = 600.0


class Locked(NamedTuple):
    """One package of a lock.

    Attributes:
        requirement: Its name, exact version and for which systems it is.
        hashes: The words that name its files.
    """

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The exact version."""
        return next(iter(self.requirement.specifier)).version


class Installed(NamedTuple):
    """What an environment holds.

    Attributes:
        faults: Each package that is not as its lock names it, in a sentence.
        licences: A line for each package: name, version, licence.
    """

    faults: tuple[str, ...]
    licences: tuple[str, ...]


class Answer(NamedTuple):
    """What is known of the locked packages.

    Attributes:
        asked: How many got an answer.
        unanswered: How many did not; of these nothing is known.
        known: Each known vulnerability: package, version, its names.
        trouble: The last words of what failed; empty when nothing did.
    """

    asked: int
    unanswered: int
    known: tuple[str, ...]
    trouble: str = ""


def read_lock(path: Path) -> tuple[Locked, ...]:
    """Return the packages of a lock."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    words = [re.split(r"\s+(?=--hash=)", line.strip()) for line in lines]
    return tuple(Locked(Requirement(first), tuple(hashes)) for first, *hashes in words)


def compare(lock: Iterable[Locked], site_packages: Path) -> Installed:
    """Hold the packages of a folder to a lock, as it stands for this system."""
    wanted = {
        canonicalize_name(each.requirement.name): each.version
        for each in lock
        if each.requirement.marker is None or each.requirement.marker.evaluate()
    }
    found = {
        canonicalize_name(each.metadata["Name"]): each
        for each in importlib.metadata.distributions(path=[str(site_packages)])
    }
    held = {name: each.version for name, each in found.items() if name != OURSELVES}
    faults = [
        f"{name} {wanted[name]} is locked, {held.get(name, 'nothing')} is installed"
        for name in sorted(wanted)
        if held.get(name) != wanted[name]
    ]
    outside = sorted(held.keys() - wanted.keys() - _OF_VENV)
    faults += [f"{name} {held[name]} is installed and stands in no lock" for name in outside]
    licences = [f"{name} {held[name]}: {licence_of(found[name].metadata)}" for name in sorted(held)]
    return Installed(tuple(faults), tuple(licences))


def site_packages_of(environment: Environment) -> Path | None:
    """Return where an environment's packages lie; None where it was not made."""
    return next((ROOT / environment.folder).glob("[lL]ib/**/site-packages"), None)


def every_lock() -> tuple[Locked, ...]:
    """Return every package of every lock, each version once."""
    # What was resolved from names; other lists may lie beside the locks.
    locks = sorted(path for path in REQUIREMENTS.glob("*.txt") if path.with_suffix(".in").exists())
    listed = (each for path in locks for each in read_lock(path))
    return tuple({(each.requirement.name, each.version): each for each in listed}.values())


def ask(locked: Sequence[Locked], auditor: Path = AUDITOR, service: str = OSV) -> Answer:
    """Ask for the known vulnerabilities of packages, whatever system they are for.

    Args:
        locked: What is asked for; nothing is resolved and nothing else looked up.
        auditor: The program pip-audit.
        service: Where OSV, or whatever speaks its protocol, is asked.
    """
    asked = 0
    known: list[str] = []
    with tempfile.TemporaryDirectory() as room:
        for number, file in enumerate(_files(locked)):
            path, told = Path(room, f"{number}.txt"), Path(room, f"{number}.json")
            path.write_text(file, encoding="utf-8")
            trouble = _run((str(auditor), "--osv-url", service), path, told)
            if not told.exists():
                return Answer(asked, len(locked) - asked, tuple(known), trouble)
            for package in json.loads(told.read_text(encoding="utf-8"))["dependencies"]:
                # One that was skipped has a reason and no answer.
                asked += "vulns" in package and "skip_reason" not in package
                known += [
                    f"{package['name']} {package['version']}: "
                    f"{', '.join([found['id'], *found['aliases']])}"
                    for found in package.get("vulns", ())
                ]
    return Answer(asked, len(locked) - asked, tuple(known))


def _files(locked: Sequence[Locked]) -> Iterator[str]:
    """Give the packages as files, for every system.

    In each a name stands once.
    """
    left = list(locked)
    while left:
        now = {each.requirement.name: each for each in left}
        left = [each for each in left if now[each.requirement.name] is not each]
        yield "".join(
            f"{name}=={each.version} {' '.join(each.hashes)}\n" for name, each in now.items()
        )


def _run(auditor: Sequence[str], path: Path, told: Path) -> str:
    words = (
        *auditor, "--requirement", str(path), "--require-hashes", "--disable-pip",
        "--vulnerability-service", "osv", "--format", "json", "--output", str(told),
        "--progress-spinner", "off", "--timeout", "15",
    )  # fmt: skip
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as err:
        return str(err)
    return (done.stderr.strip().splitlines() or [""])[-1]


def look() -> Installed:
    """Hold each environment that was made to its lock, and list the licences."""
    faults: list[str] = []
    licences: set[str] = set()
    for name in ("window", "core"):
        environment = ENVIRONMENTS[name]
        folder = site_packages_of(environment)
        if folder is None:
            faults.append(f"{environment.folder} was not made")
            continue
        held = compare(read_lock(environment.lock_file), folder)
        faults += [f"{environment.folder}: {fault}" for fault in held.faults]
        licences.update(held.licences)
    return Installed(tuple(faults), tuple(sorted(licences)))


def main(words: Sequence[str] | None = None) -> int:
    """Say what was found; see the exit codes above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--service", default=OSV, help="where OSV's protocol is spoken")
    held, answer = look(), ask(every_lock(), service=parser.parse_args(words).service)
    LICENCES.parent.mkdir(parents=True, exist_ok=True)
    LICENCES.write_text("\n".join(held.licences) + "\n", encoding="utf-8")
    print(f"{len(held.licences)} packages are installed; licences in {LICENCES.relative_to(ROOT)}")
    for line in (*held.faults, *answer.known):
        print(line)
    print(
        f"{answer.asked} locked packages were asked for: {len(answer.known)} vulnerabilities known"
    )
    if answer.unanswered:
        print(
            f"Of {answer.unanswered} locked packages nothing is known: OSV gave no answer. This is "
            f"no clean bill; run this again where osv.dev is reached. {answer.trouble}"
        )
    return code_of(held, answer)


def code_of(held: Installed, answer: Answer) -> int:
    """Return the exit code; the gravest counts, and no answer is never well."""
    if answer.known:
        return KNOWN
    if held.faults:
        return OTHER
    return UNANSWERED if answer.unanswered else WELL


if __name__ == "__main__":
    sys.exit(main())
