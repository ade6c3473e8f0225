"""What is measured is done each time."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> None:
    """A secret is stretched at every sign-in, as at a counter."""


@pytest.fixture(scope="session", autouse=True)
def proven_once() -> None:
    """Rules are proven at every taking in, as at a counter."""


@pytest.fixture(scope="session", autouse=True)
def moved_once() -> None:
    """The figures of a draft are moved at every change, as at a counter."""


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> None:
    """Limits and warnings of a draft are drawn at every change, as at a counter."""


@pytest.fixture(scope="session", autouse=True)
def collected_seldom() -> None:
    """The collector looks as often as at a counter."""
