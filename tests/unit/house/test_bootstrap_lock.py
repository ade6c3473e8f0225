"""The set-up installs exactly the lock, whatever was published since and whichever pip is there.

A small lock lies on an index that also has newer releases of each package:
some ask for what nobody has, some for what the lock does not name.
"""

import subprocess
from pathlib import Path

import pytest

from tests.support.system.checkout_samples import (
    CHECKS,
    LOCKED,
    Checkout,
    download_pip,
    lock_of,
    make_checkout,
    make_python,
)

PINNED = {f"{release.name} {release.version}" for release in LOCKED}
GROWN = {f"{CHECKS.name} {CHECKS.version}", "medcounter 0.1.0"}


@pytest.fixture(scope="module", params=["pip-oldest", "pip-newest"])
def checkout(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout, and a Python that brings the pip of Debian 12 or the newest one."""
    return checkout_with(request.param, tmp_path_factory)


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that was set up once with the pip of Debian 12."""
    checkout = checkout_with("pip-oldest", tmp_path_factory)
    assert checkout.set_up("core").returncode == 0
    return checkout


def checkout_with(lock: str, rooms: pytest.TempPathFactory) -> Checkout:
    room = rooms.mktemp(lock)
    return make_checkout(room / "checkout", make_python(room / "python", download_pip(lock, room)))


def stamp(checkout: Checkout) -> Path:
    return checkout.folder / ".venv-core" / "stamp"


def test_the_lock_and_nothing_else_is_installed_and_grows_by_the_lock_of_the_checks(
    checkout: Checkout,
) -> None:
    done = checkout.set_up("run")
    assert (done.returncode, done.stderr) == (0, "")
    assert checkout.installed(".venv") == PINNED
    kept = checkout.folder / ".venv/lib/python3.11/site-packages/outer.py"
    node = kept.stat().st_ino
    assert checkout.set_up("window").returncode == 0
    assert checkout.installed(".venv") == PINNED | GROWN
    assert kept.stat().st_ino == node, "what was there is not brought again"
    assert checkout.set_up("run").stdout == "", "what has grown serves the program too"


def test_on_this_index_the_old_pip_stops_when_it_may_resolve(debian: Checkout) -> None:
    python = debian.folder / ".venv-core/bin/python"
    lock = debian.folder / "requirements/core-tests.txt"
    words = [
        str(python),
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--ignore-installed",
        "--require-hashes",
    ]
    resolving = subprocess.run(
        [*words, "-r", str(lock)],
        env=debian.environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert resolving.returncode == 1
    assert "must have their versions pinned" in resolving.stderr


def test_a_whole_environment_is_left_as_it_is(debian: Checkout) -> None:
    written = stamp(debian).stat().st_mtime_ns
    assert debian.set_up("core").stdout == ""
    assert stamp(debian).stat().st_mtime_ns == written


def test_a_set_up_that_was_cut_off_begins_anew(debian: Checkout) -> None:
    stamp(debian).unlink()
    half = debian.folder / ".venv-core/lib/python3.11/site-packages/quick.py"
    half.write_text("half", encoding="utf-8")
    half.with_name("left_over.py").touch()
    assert debian.set_up("core").returncode == 0
    assert half.read_text(encoding="utf-8") == ""
    assert not half.with_name("left_over.py").exists()


def test_an_environment_whose_python_is_gone_is_made_anew(debian: Checkout) -> None:
    python = debian.folder / ".venv-core/bin/python"
    python.unlink()
    python.symlink_to(debian.folder / "no-such-python")
    assert debian.set_up("core").returncode == 0
    assert debian.installed(".venv-core") == PINNED


def test_a_lock_that_lacks_what_its_packages_need_is_not_taken_for_whole(debian: Checkout) -> None:
    whole = (debian.folder / "requirements/core-tests.txt").read_text(encoding="utf-8")
    debian.write_lock("core-tests", lock_of(LOCKED[:1], debian.folder.with_name("index")))
    done = debian.set_up("core")
    debian.write_lock("core-tests", whole)
    assert done.returncode == 1
    assert "the lock is not whole" in done.stderr
    assert not stamp(debian).exists()
