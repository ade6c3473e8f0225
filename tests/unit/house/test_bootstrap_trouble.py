"""A set-up that can not go on says in one sentence what to do, and leaves nothing for whole."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.system.checkout_samples import (
    BOOTSTRAP,
    HEAVY,
    LOCKED,
    ROOT,
    Checkout,
    download_pip,
    lock_of,
    make_checkout,
    make_python,
)
from tools import bootstrap

PAGE = b"<html><body><h1>Sign in to use this network</h1></body></html>"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout with a Python that brings the pip of Debian 12."""
    room = tmp_path_factory.mktemp("trouble")
    python = make_python(room / "python", download_pip("pip-oldest", room))
    return make_checkout(room / "checkout", python)


@pytest.fixture(autouse=True)
def nothing_whole(checkout: Checkout) -> Iterator[None]:
    """Nothing half made is ever taken for whole, whatever went wrong."""
    shutil.rmtree(checkout.folder / ".venv-core", ignore_errors=True)
    yield
    assert not (checkout.folder / ".venv-core" / "stamp").exists()


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """An address on this machine that gives every question the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_words: object) -> None:
            """Keep still."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def locked_as(checkout: Checkout, text: str) -> Iterator[None]:
    """Another lock for as long as this lasts, also where a machine cannot try it."""
    lock = checkout.folder / "requirements" / "core-tests.txt"
    right = lock.read_text(encoding="utf-8")
    checkout.write_lock("core-tests", text)
    try:
        yield
    finally:
        checkout.write_lock("core-tests", right)


def answer_with_page(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Content-Length", str(len(PAGE)))
    request.end_headers()
    request.wfile.write(PAGE)


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a refusal says, in which nothing of the machinery shows."""
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stderr.endswith(".\n")
    return done.stderr


def test_without_a_network(checkout: Checkout) -> None:
    with serving(answer_with_page) as address:
        pass
    told = sentence(checkout.set_up("core", PIP_INDEX_URL=address, PIP_RETRIES="1"))
    assert "the package index was not reached" in told


def test_behind_a_proxy_that_answers_with_a_page(checkout: Checkout) -> None:
    with serving(answer_with_page) as address:
        told = sentence(
            checkout.set_up("core", PIP_INDEX_URL=address, PIP_TRUSTED_HOST="127.0.0.1")
        )
    assert "A proxy may be answering with a page" in told


def test_a_package_that_is_a_proxy_s_page(checkout: Checkout) -> None:
    wheel = checkout.folder.with_name("index") / "quick" / "quick-1.0-py3-none-any.whl"
    right = wheel.read_bytes()
    wheel.write_bytes(PAGE)
    told = sentence(checkout.set_up("core"))
    wheel.write_bytes(right)
    assert "its hash is another" in told


def test_a_lock_whose_hash_does_not_fit(checkout: Checkout) -> None:
    lock = checkout.folder / "requirements" / "core-tests.txt"
    wrong = re.sub(r"sha256:\w{8}", "sha256:00000000", lock.read_text(encoding="utf-8"))
    with locked_as(checkout, wrong):
        told = sentence(checkout.set_up("core"))
    assert "`git status` shows the lock as changed" in told


def test_a_python_that_can_not_make_an_environment(checkout: Checkout, tmp_path: Path) -> None:
    python = make_python(tmp_path / "python", None)
    bare = Checkout(checkout.folder, python, checkout.address)
    done = bare.set_up("core", PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.endswith("\n  apt-get install python3.11-venv\n")


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 12, 1), (4, 0, 0)])
def test_another_python(version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11, and .* Install 3\.11") as told:
        bootstrap.main(["core"])
    assert "\n" not in str(told.value)


def test_the_script_can_be_read_by_a_python_too_old_for_it() -> None:
    source = BOOTSTRAP.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    assert source.count("from __future__ import annotations") == 1


def test_make_without_any_python(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make
    done = subprocess.run(
        [make, "--no-print-directory", "program"], cwd=ROOT, env={"PATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "needs Python 3.11 on PATH. On Debian 12: apt-get install python3 " in done.stderr


def run_mounted(checkout: Checkout, mount: str) -> subprocess.CompletedProcess[str]:
    """Set up where the checkout's folder is mounted in another way, in a namespace of its own."""
    words = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--mount", "sh", "-c"]
    folder = str(checkout.folder)
    if subprocess.run([*words, mount, folder], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount anything here")
    return subprocess.run(
        [*words, f'{mount} && exec "$@"', folder, *checkout.words("core")],
        env=checkout.environment({}), capture_output=True, text=True, check=False,
    )  # fmt: skip


# The first has no room for pip, the second none for what the lock names.
@pytest.mark.parametrize("megabytes", [5, 24])
def test_a_full_disk(checkout: Checkout, megabytes: int) -> None:
    mount = (
        'cp -a "$0" "$0-kept" 2>/dev/null; '
        f'mount -t tmpfs -o size={megabytes}m none "$0" && '
        'cp -a "$0-kept/." "$0" && cd "$0"'
    )
    with locked_as(checkout, lock_of([HEAVY], checkout.folder.with_name("index"))):
        told = sentence(run_mounted(checkout, mount))
    assert "the disk is full. Free some space" in told


def test_a_folder_that_can_not_be_written(checkout: Checkout) -> None:
    told = sentence(run_mounted(checkout, 'mount --bind -o ro "$0" "$0"'))
    assert "this user may not write there" in told


def test_a_set_up_that_is_killed_while_it_waits_begins_anew(checkout: Checkout) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def wait(request: BaseHTTPRequestHandler) -> None:
        asked.set()
        go_on.wait(60)
        request.close_connection = True

    with serving(wait) as address:
        running = subprocess.Popen(
            checkout.words("core"), env=checkout.environment({"PIP_INDEX_URL": address}),
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        assert asked.wait(60)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        go_on.set()
    assert not (checkout.folder / ".venv-core" / "stamp").exists()
    assert checkout.set_up("core").returncode == 0
    assert checkout.installed(".venv-core") == {f"{one.name} {one.version}" for one in LOCKED}
    (checkout.folder / ".venv-core" / "stamp").unlink()


def test_without_qt_s_libraries_the_environment_stays_and_only_they_are_looked_for_again(
    checkout: Checkout, tmp_path: Path
) -> None:
    # Neither apt-get nor sudo is on this PATH; ldd tells what a bare Debian 12 lacks.
    tell, path = tmp_path / "ldd", str(tmp_path)
    tell.write_text("#!/bin/sh\necho '\tlibEGL.so.1 => not found'\n", encoding="utf-8")
    tell.chmod(0o755)
    told = [checkout.set_up("run", PATH=path) for _ in range(2)]
    assert [done.returncode for done in told] == [1, 1]
    assert all(done.stderr.endswith("\n  apt-get install libegl1\n") for done in told)
    assert [done.stdout != "" for done in told] == [True, False], "it is not made anew"
    tell.write_text("#!/bin/sh\n", encoding="utf-8")
    assert checkout.set_up("run", PATH=path).stderr == ""
    tell.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert checkout.set_up("run", PATH=path).stderr == "", "once seen, never looked for again"


def test_a_cause_nobody_foresaw_is_told_in_the_tool_s_own_words() -> None:
    told = bootstrap.explain(".venv", "pip install", "one\ntwo\nERROR: the moon is in the way\n")
    assert told.endswith(
        "ERROR: the moon is in the way\n.venv could not be made: pip install said the above. "
        "Run this again."
    )
