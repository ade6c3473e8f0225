"""What a command wrote, as its user reads it."""

import pytest

Streams = pytest.CaptureFixture[bytes]


def said(streams: Streams) -> tuple[str, str]:
    """Give what was written since the last look: to output, and to errors."""
    out, err = streams.readouterr()
    return out.decode(), err.decode()
