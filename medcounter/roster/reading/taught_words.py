"""Read the words that a hall has taught for its lists.

Each says what a heading or an identity is called here. A word that the
program knows already keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.roster.list_words import NO_IDENTITY
from medcounter.roster.reading.codes import Codes
from medcounter.roster.reading.columns import TICK, HeadingWords, columns, folded
from medcounter.roster.roster_errors import ListError
from medcounter.rules.code_labels import nearest
from medcounter.rules.vocabulary import ORDINARY
from medcounter.typed.typed_text import quote

SIGN = "="


class TaughtWordError(ListError):
    """一条名单说法不能用，名单不能打开；请在“设置”的“名单说法”里改正后重试。"""


@dataclass(frozen=True, slots=True)
class TaughtWords:
    """What a hall calls things in its lists.

    Attributes:
        columns: Heading to column code.
        identities: Word in a cell to the code of an identity.
    """

    columns: Mapping[str, str]
    identities: Mapping[str, str]


def read_taught_words(words: Iterable[str], book: RuleBook) -> TaughtWords:
    """Read the words of a hall.

    Args:
        words: Each as ``word=meaning``; the meaning is a heading of the
            template or a word for an identity.
        book: The rules, for the identities and questions there are.

    Raises:
        TaughtWordError: A meaning is not known, or a word has another one.
    """
    headings = HeadingWords(columns(book), {})
    offered = {folded(one.heading): one for one in columns(book) if one.offered}
    known = Codes(book).identity_codes
    taught: dict[str, str] = {}
    identities: dict[str, str] = {}
    for pair in words:
        word, _, meaning = (part.strip() for part in pair.partition(SIGN))
        column, code = offered.get(folded(meaning)), known.get(meaning)
        if code is not None:
            if word in NO_IDENTITY or known.get(word, code) != code:
                raise _error(pair, f"{quote(word)}已经有别的含义。")
            identities[word] = code
            if code != ORDINARY:
                # A column of ticks is headed by the identity.
                taught[word] = f"{TICK}{code}"
        elif column is not None:
            if headings.code(word) not in {"", column.code}:
                raise _error(pair, f"表头{quote(word)}已经有别的含义。")
            taught[word] = column.code
        else:
            labels = [term.label for term in book.identities()]
            near = nearest(meaning, (*labels, *(one.heading for one in offered.values())))
            raise _error(pair, f"没有叫{quote(meaning)}的列或人员类别。{near}")
    return TaughtWords(taught, identities)


def _error(pair: str, why: str) -> TaughtWordError:
    return TaughtWordError(
        f"名单说法{quote(pair)}不能用，名单不能打开：{why}请在“设置”的“名单说法”里改正后重试。"
    )
