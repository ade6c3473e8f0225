"""A reader's service is asked on this machine alone, and its silence is said."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from medcounter.identity.card import Card
from medcounter.machine.card_bridge import HttpBridge, ReaderUnreachableError

NUMBER = "360103198807121237"


@contextmanager
def service(status: int, body: bytes) -> Iterator[int]:
    """A reader's service that always gives the same answer; its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            del format, args

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_the_card_that_lies_there_is_read(coding: str) -> None:
    body = f'{{"name": "吴建国", "idNumber": "{NUMBER}"}}'.encode(coding)
    with service(200, body) as port:
        assert HttpBridge(port).card() == Card(NUMBER, "吴建国")


@pytest.mark.parametrize(("status", "body"), [(204, b""), (404, b"nothing"), (200, b" ")])
def test_an_empty_reader_gives_no_card(status: int, body: bytes) -> None:
    with service(status, body) as port:
        assert HttpBridge(port).card() is None


def test_a_service_in_trouble_is_said() -> None:
    with service(500, b"oops") as port, pytest.raises(ReaderUnreachableError, match="读卡器"):
        HttpBridge(port).card()


def test_a_service_that_is_not_there_is_said() -> None:
    with service(204, b"") as port:
        pass
    with pytest.raises(ReaderUnreachableError):
        HttpBridge(port).card()
