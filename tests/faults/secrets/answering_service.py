"""A service on this machine that speaks OSV's protocol, asked by the real ``make audit``.

It stands for osv.dev where that is not reached: what it is asked and what comes
of each answer is seen, only what the world knows is not.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

from tests.faults.rows import Figures
from tools.audit import KNOWN, OTHER, UNANSWERED, WELL, every_lock, look, main

COUNTED = (
    "runs",
    "packages asked for",
    "vulnerabilities named",
    "never asked for",
    "known and not named",
    "well without every answer",
    "another exit code",
)
BAD = COUNTED[3:]
ANSWERING = ("nothing known", "one known")
FAILING = ("out of order", "a page of the network", "nothing after ten", "another form")
_VULNERABILITY = "GHSA-test-test-test"
_ALIAS = "CVE-2026-00000"
_UNTIL = 10


class _Service(ThreadingHTTPServer):
    """Answers each question in one way, and keeps what it was asked.

    Attributes:
        way: How it answers.
        asked: Name and version of each package, as they were asked for.
    """

    daemon_threads = True

    def __init__(self, way: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.way = way
        self.asked: list[tuple[str, str]] = []
        self.known = every_lock()[0]

    def answer(self, name: str, version: str) -> tuple[int, str]:
        """Return state and body for one package."""
        self.asked.append((name, version))
        locked = (self.known.requirement.name.lower(), self.known.version)
        if self.way == "out of order" or (self.way == "nothing after ten" and self._is_over()):
            return HTTPStatus.SERVICE_UNAVAILABLE, ""
        if self.way == "a page of the network":
            return HTTPStatus.OK, "<html>Please sign in</html>"
        if self.way == "another form":
            return HTTPStatus.OK, '{"message": "no such method"}'
        if self.way == "one known" and (name, version) == locked:
            return HTTPStatus.OK, json.dumps({"vulns": [_told(name)]})
        return HTTPStatus.OK, "{}"

    def _is_over(self) -> bool:
        return len(self.asked) > _UNTIL


class _Answering(BaseHTTPRequestHandler):
    server: _Service

    def do_POST(self) -> None:
        """Answer a question in OSV's form: https://google.github.io/osv.dev/post-v1-query/."""
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package = question["package"]
        assert package["ecosystem"] == "PyPI"
        state, body = self.server.answer(package["name"], question["version"])
        self.send_response(state)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _told(name: str) -> dict[str, object]:
    """One entry as OSV gives it: https://ossf.github.io/osv-schema/."""
    changes = [{"introduced": "0"}, {"fixed": "999"}]
    return {
        "schema_version": "1.6.0",
        "id": _VULNERABILITY,
        "aliases": [_ALIAS],
        "summary": "invented",
        "published": "2026-01-01T00:00:00Z",
        "affected": [
            {
                "package": {"name": name, "ecosystem": "PyPI"},
                "ranges": [{"type": "ECOSYSTEM", "events": changes}],
            }
        ],
    }


@contextmanager
def answering(way: str) -> Iterator[_Service]:
    """Keep a service up that answers in one way."""
    service = _Service(way)
    thread = threading.Thread(target=service.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()
        thread.join()


def ask_one_that(way: str) -> Figures:
    """Run the audit against a service that answers in one way, and see how it ends."""
    figures = dict.fromkeys(COUNTED, 0)
    said = StringIO()
    with answering(way) as service, redirect_stdout(said):
        code = main(["--service", f"http://127.0.0.1:{service.server_port}/v1/query"])
        asked, known = service.asked, service.known
    figures["runs"] = 1
    figures["packages asked for"] = len(asked)
    if way in ANSWERING:
        wanted = {(each.requirement.name.lower(), each.version) for each in every_lock()}
        figures["never asked for"] = len(wanted - {(name.lower(), at) for name, at in asked})
    elif code == WELL:
        figures["well without every answer"] = 1
    package = f"{known.requirement.name} {known.version}: "
    named = any(
        line.startswith(package) and _VULNERABILITY in line and _ALIAS in line
        for line in said.getvalue().splitlines()
    )
    figures["vulnerabilities named"] = int(named)
    figures["known and not named"] = int(way == "one known" and not named)
    figures["another exit code"] = int(code != _code_for(way))
    return figures


def _code_for(way: str) -> int:
    """The code by the table in CONTRIBUTING: a vulnerability, another package, no answer."""
    if way == "one known":
        return KNOWN
    if look().faults:
        return OTHER
    return WELL if way == "nothing known" else UNANSWERED
