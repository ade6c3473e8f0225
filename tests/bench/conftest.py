"""What is measured is done each time."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> None:
    """A secret is stretched at every sign-in, as at a counter."""
