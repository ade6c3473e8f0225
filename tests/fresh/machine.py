"""A bare Debian 12 that has never seen the project, and a clone of it there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from tests.installed.laptop import CLERK, LAPTOPS, ROOT, Laptop
from tools.package.emulation import architecture_here

README = (ROOT / "README.md").read_text(encoding="utf-8")
FIGURES = ROOT / "build" / "fresh" / "figures.txt"
# What the README asks for by hand, in its order: for the commands, and for the window.
NEEDED, LIBRARIES = (
    line.split() for line in re.findall(r"^apt-get install (.*)$", README, re.MULTILINE)
)


def listed(line: str) -> str:
    """Give a name and version as every tool would write them alike."""
    name, _, version = line.partition("==")
    return f"{re.sub(r'[-_.]+', '-', name.lower())}=={version}"


class Machine(Laptop):
    """A root of its own in which somebody clones this checkout."""

    def __init__(self, user: str) -> None:
        super().__init__("bookworm", architecture_here())
        self.root = LAPTOPS / f"fresh-{user}"
        self.user = user
        self.clone = Path("root" if user == "root" else f"home/{CLERK}") / "medcounter"

    def bring(self) -> None:
        """Unpack the system, install what the README names first, and clone."""
        self.unpack()
        self.apt("install", *NEEDED)
        # Whom pip trusts here, and where it looks, holds there too.
        certificates = os.environ.get("PIP_CERT", "")
        if certificates:
            shutil.copy(certificates, self.root / certificates.lstrip("/"))
        where = self.root / self.clone
        subprocess.run(["git", "clone", "-q", f"file://{ROOT}", where], check=True)
        self.run("chown", "-R", f"{self.user}:", f"/{self.clone}", user="root")

    def environment(self, user: str, more: Mapping[str, str]) -> dict[str, str]:
        """Override Laptop.environment: pip is told what it is told on this machine."""
        pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        # A folder of wheels of this machine would lie nowhere in the root.
        pip.pop("PIP_FIND_LINKS", None)
        return {**super().environment(user, more), **pip}

    def make(self, *targets: str) -> subprocess.CompletedProcess[str]:
        """Run make in the clone, and write down what it took."""
        began = monotonic()
        words = ["make", "--no-print-directory", "-C", f"/{self.clone}", *targets]
        done = self.attempt(*words, user=self.user, network=True)
        self.note(f"make {' '.join(targets)}: {monotonic() - began:.0f} s, exit {done.returncode}")
        return done

    def note(self, line: str) -> None:
        """Write a line into the figures of the play."""
        FIGURES.parent.mkdir(parents=True, exist_ok=True)
        with FIGURES.open("a", encoding="utf-8") as figures:
            figures.write(f"{self.user}: {line}\n")

    def packages(self, folder: str) -> set[str]:
        """Give what an environment has, as name and version; its size is written down."""
        place = self.root / self.clone / folder
        told = subprocess.run(["du", "-sm", place], capture_output=True, text=True, check=True)
        self.note(f"{folder}: {told.stdout.split()[0]} MB")
        words = [
            f"/{self.clone}/{folder}/bin/python",
            "-I",
            "-m",
            "pip",
            "list",
            "--format=freeze",
        ]
        lines = self.run(*words, user=self.user).stdout.splitlines()
        return set(map(listed, lines))
