"""A laptop without Python: a Debian root of its own, entered without a network.

Made by debootstrap once and kept below build/laptops; every run works on a
copy. One of another processor runs under emulation. Needs root. Nothing
outlives the process that entered the root.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parents[2]
LAPTOPS = Path(os.environ.get("MEDCOUNTER_LAPTOPS", ROOT / "build" / "laptops"))
CLERK = "clerk"
HOME = Path("home") / CLERK
DATA = HOME / ".local/share/medcounter"
PATIENCE_S = 60
# Milliseconds from key to key; what comes faster than 35 is taken for a card reader.
FINGERS = "120"
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
# Mounts and the missing network end with the process.
_ENTER = 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot'
_QUIET = "#!/bin/sh\nexit 101\n"


def wait_for(what: Callable[[], object], name: str) -> None:
    """Wait for something that another process does; it sends us no signal."""
    end = monotonic() + PATIENCE_S
    while not what():
        assert monotonic() < end, f"waited in vain for {name}"
        Event().wait(0.1)


class Laptop:
    """One root and what runs in it."""

    def __init__(self, suite: str, architecture: str) -> None:
        self.suite, self.architecture = suite, architecture
        self.root = LAPTOPS / f"{suite}-{architecture}-used"
        self.running: list[subprocess.Popen[str]] = []
        # Whoever is in the root shares one network with no device in it, as on a desk with no
        # cable: input methods and programs speak by sockets that belong to a network.
        self.alone = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])

    def unpack(self) -> None:
        """Begin with the bare system, as debootstrap leaves it."""
        bare = LAPTOPS / f"{self.suite}-{self.architecture}"
        if not (bare / "made").exists():
            shutil.rmtree(bare, ignore_errors=True)
            LAPTOPS.mkdir(parents=True, exist_ok=True)
            words = [f"--arch={self.architecture}", "--variant=minbase", self.suite]
            subprocess.run(["debootstrap", *words, bare], check=True)
            (bare / "made").touch()
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", bare, self.root], check=True)
        shutil.copyfile("/etc/resolv.conf", self.root / "etc/resolv.conf")
        # Every installed system knows its own name; CUPS's library asks for it.
        hosts = f"127.0.0.1 localhost {platform.node()}\n"
        (self.root / "etc/hosts").write_text(hosts, encoding="ascii")
        quiet = self.root / "usr/sbin/policy-rc.d"
        quiet.write_text(_QUIET, encoding="ascii")
        quiet.chmod(0o755)
        self.run("useradd", "--create-home", CLERK, user="root")
        self.apt("update", "-q")

    def apt(self, *words: str) -> str:
        """Run apt-get, the only thing here that has a network."""
        command = ["apt-get", "-q", "-y", "--no-install-recommends", *words]
        return self.run(*command, user="root", network=True).stdout

    def install(self, package: Path) -> str:
        """Install the package with what it says it needs."""
        shutil.copyfile(package, self.root / "tmp/medcounter.deb")
        return self.apt("install", "/tmp/medcounter.deb")  # noqa: S108 - in a root of its own

    def begin_ledger(self) -> None:
        """Begin the clerk's ledger, without sign-in, unless it was begun before."""
        if not (self.root / DATA / "keyslots.json").exists():
            self.run("medcounter", "access", "set-up", "--open")

    def command(self, user: str, *, network: bool = False) -> list[str]:
        """Give the words that enter the root."""
        alone = [] if network else ["nsenter", f"--net=/proc/{self.alone.pid}/ns/net"]
        return [*alone, "unshare", "--mount", "sh", "-c", f'{_ENTER} --userspec={user} "$0" "$@"']

    def environment(self, user: str, more: Mapping[str, str]) -> dict[str, str]:
        """Give a user's variables; nothing of this machine's gets in."""
        home = "/root" if user == "root" else f"/{HOME}"
        own = {"HOME": home, "USER": user, "LANG": "C.UTF-8", "PATH": _PATH}
        return {**own, "DEBIAN_FRONTEND": "noninteractive", **more}

    def run(
        self, *words: str, user: str = CLERK, network: bool = False, stdin: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; it must succeed."""
        done = self.attempt(*words, user=user, network=network, stdin=stdin, **more)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done

    def attempt(
        self, *words: str, user: str = CLERK, network: bool = False, stdin: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*self.command(user, network=network), str(self.root), *words],
            env=self.environment(user, more),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def start(self, *words: str, user: str = CLERK, **more: str) -> subprocess.Popen[str]:
        """Start a program that runs until it is ended."""
        process = subprocess.Popen(
            [*self.command(user), str(self.root), *words],
            env=self.environment(user, more),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.running.append(process)
        return process

    def end_all(self) -> None:
        """End what still runs, the last started first."""
        for process in reversed(self.running):
            process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def leave(self) -> None:
        """End everything; the root stays for a look at it."""
        self.end_all()
        self.alone.terminate()
        self.alone.wait(PATIENCE_S)

    def put(self, content: bytes, path: Path) -> None:
        """Put a file of the clerk's below the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.run("chown", "-R", f"{CLERK}:", f"/{HOME}", user="root")
