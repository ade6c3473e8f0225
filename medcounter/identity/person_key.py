"""A key that identifies one person, however their number is written.

The 15-digit number of an old identity card and the 18-digit one that replaced
it belong to one person. Compares numbers; looks nobody up.
"""

from __future__ import annotations

from medcounter.identity.id_number import FULL_LENGTH, OVERRIDE_MARK, IdNumber, read_id

_CENTURY = slice(6, 8)


def key_of(id_number: str) -> str:
    """Return the key of the person whose number was typed or stored.

    The key is the number as the newest card shows it: 18 digits with a
    capital X, an old number of 15 digits raised to 18. A number of another
    document is its own key.

    Returns:
        The key; empty where the text is no number that can be used.
    """
    number = read_id(id_number)
    return number.key if isinstance(number, IdNumber) else ""


def stored_key(id_number: str) -> str:
    """Return the key of a number that a notice holds.

    A number that was insisted on is kept without the mark that insisted, so
    it fails its check and is its own key.
    """
    return key_of(id_number) or key_of(f"{id_number}{OVERRIDE_MARK}")


def written_forms(id_number: str) -> tuple[str, ...]:
    """Return every way in which a ledger may hold the number of a person.

    Ledgers keep numbers as they were read on their day and no history is
    written anew, so whoever looks for a person looks for all of these.

    Args:
        id_number: As a notice holds it, or as it was read.

    Returns:
        The key first, each form once; empty for a text that is no number.
    """
    key = stored_key(id_number)
    if len(key) == FULL_LENGTH:
        old = key[: _CENTURY.start] + key[_CENTURY.stop : -1]
        if key_of(old) == key:
            return (key, old)
    return (key,) if key else ()
