"""What a clerk adds to a notice: typed, or put together from the hall's phrases.

Pure; keeps nothing.
"""

from __future__ import annotations

from medcounter.assess.facts import Problem
from medcounter.typed.typed_text import visible

LONGEST_WORDS = 120
_ENDS = "。！？；…"


def words_on_paper(text: str) -> str:
    """Return what was typed as it is printed: in one line, without what nobody sees."""
    return " ".join(visible(text).split())


def words_problems(text: str) -> tuple[Problem, ...]:
    """Say that there is more than a notice has room for; else nothing."""
    count = len(words_on_paper(text))
    if count <= LONGEST_WORDS:
        return ()
    told = f"附言有 {count} 字，单上印不下，不能出单；请缩短到 {LONGEST_WORDS} 字以内。"
    return (Problem("clerk_words", "out-of-range", told),)


def holds_phrase(words: str, phrase: str) -> bool:
    """Return whether a phrase stands among the words."""
    return _ended(phrase) in words


def with_phrase_turned(words: str, phrase: str) -> str:
    """Put a phrase behind the words, or take it out where it stands there."""
    if holds_phrase(words, phrase):
        return words.replace(_ended(phrase), "", 1)
    before = words.strip()
    return f"{_ended(before) if before else ''}{_ended(phrase)}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(tuple(_ENDS)) else f"{sentence}。"
