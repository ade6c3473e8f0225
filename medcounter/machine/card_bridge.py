"""A card reader behind a local service, queried over HTTP.

Returns the card on the reader. Connects to 127.0.0.1 only, and only while a
port is set.
"""

from __future__ import annotations

import http.client
from typing import Protocol

from medcounter.errors import MedCounterError
from medcounter.identity.card import Card, read_card

_HOST = "127.0.0.1"
_PATH = "/card"
_PATIENCE = 1.0
_LARGEST = 200_000
_NOTHING_THERE = frozenset({204, 404})


class ReaderUnreachableError(MedCounterError):
    """读卡器没有应答，身份证没有读到，可以先手工输入；请检查读卡服务是否打开、设置里的端口是否正确。"""


class CardSource(Protocol):
    """Anything that can be asked for the card on a reader."""

    def card(self) -> Card | None:
        """Return the card that lies there; None when there is none.

        Raises:
            ReaderUnreachableError: The reader cannot be asked.
        """


class HttpBridge:
    """The service of a reader's vendor, or one written for it.

    ``GET /card`` answers 204 while there is no card, and 200 with the card's
    text or JSON while one lies there.
    """

    def __init__(self, port: int) -> None:
        """Take the port; nothing is asked yet."""
        self._port = port

    def card(self) -> Card | None:
        """Ask once for the card that lies on the reader.

        Raises:
            ReaderUnreachableError: Nobody answers, or not with a card.
        """
        connection = http.client.HTTPConnection(_HOST, self._port, timeout=_PATIENCE)
        try:
            connection.request("GET", _PATH)
            answer = connection.getresponse()
            body = answer.read(_LARGEST)
        except (OSError, http.client.HTTPException) as err:
            raise ReaderUnreachableError from err
        finally:
            connection.close()
        if answer.status in _NOTHING_THERE or not body.strip():
            return None
        if answer.status != http.client.OK:
            raise ReaderUnreachableError
        return read_card(_text(body))


def _text(body: bytes) -> str:
    """Decode what a service sends: UTF-8, else the national encoding."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
