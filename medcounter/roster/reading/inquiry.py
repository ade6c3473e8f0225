"""Questions to be answered before a list is used, in window and command alike.

A question is identified by its sentence, which names sheet, cell and heading:
an answer applies wherever exactly the same is asked, and nowhere else. Reads
no list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from medcounter.errors import MedCounterError
from medcounter.roster.roster_errors import ListError
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.typed.typed_text import quote

LEAVE, READ = "leave", "read"
_QUESTIONS, _QUESTION, _CHOICES, _ANSWER = "questions", "question", "choices", "answer"


@dataclass(frozen=True, slots=True)
class InquiryChoice:
    """One possible answer.

    Attributes:
        code: Stable word, for example ``leave`` or the cell ``C1``.
        label: What it means, in words.
    """

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class InquiryQuestion:
    """One question that must be answered about a list.

    Attributes:
        text: One Chinese sentence; what the question is known by.
        choices: At least one; none is taken by itself.
    """

    text: str
    choices: tuple[InquiryChoice, ...]


@dataclass(frozen=True, slots=True)
class ListAnswers:
    """The answers given about a list.

    Attributes:
        columns: Heading to column code, where somebody chose by hand; an
            empty code leaves the column out.
        answers: Sentence of a question to the code of a choice.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


class QuestionsOpenError(ListError):
    """名单里有要先问清的地方，没有导入任何人；请回答后重试。"""

    def __init__(self, questions: tuple[InquiryQuestion, ...]) -> None:
        """Say each question and how it can be answered.

        Args:
            questions: At least one.
        """
        self.questions = questions
        asked = "\n".join(
            f"{number}. {one.text}（{'／'.join(choice.label for choice in one.choices)}）"
            for number, one in enumerate(questions, 1)
        )
        super().__init__(f"名单里有 {len(questions)} 处要先问清，没有导入任何人：\n{asked}")


class AnswersError(MedCounterError):
    """答案文件的格式无法识别，没有测算；请用 --questions 重新写一份，只改每处的 answer。"""


class Inquiry:
    """Looks up answers, and collects the questions still open."""

    def __init__(self, given: ListAnswers) -> None:
        """Begin with nothing open.

        Args:
            given: What somebody has said of the list.
        """
        self.given = given
        self._open: dict[str, InquiryQuestion] = {}

    def ask(self, question: InquiryQuestion) -> str:
        """Return the code of the answer; empty while there is none."""
        code = self.given.answers.get(question.text, "")
        if code in {choice.code for choice in question.choices}:
            return code
        self._open[question.text] = question
        return ""

    def require_answered(self) -> None:
        """See that nothing is open.

        Raises:
            QuestionsOpenError: Something is.
        """
        if self._open:
            raise QuestionsOpenError(tuple(self._open.values()))


def questions_file(questions: tuple[InquiryQuestion, ...]) -> bytes:
    """Write questions as a file in which somebody fills in the answers."""
    asked = [
        {
            _QUESTION: one.text,
            _CHOICES: {choice.code: choice.label for choice in one.choices},
            _ANSWER: "",
        }
        for one in questions
    ]
    return json.dumps({_QUESTIONS: asked}, ensure_ascii=False, indent=2).encode() + b"\n"


def read_answers(data: bytes) -> dict[str, str]:
    """Read a file of questions whose answers were filled in.

    Gives the sentence of each to the code; those left empty are left out.

    Raises:
        AnswersError: It is no such file, or an answer is none of the choices.
    """
    try:
        whole = read_strict(data.removeprefix(b"\xef\xbb\xbf"))
    except StrictJsonError as err:
        raise AnswersError(f"答案文件{err.text}") from err
    items = whole.get(_QUESTIONS) if isinstance(whole, dict) else None
    if not isinstance(items, list):
        raise AnswersError
    answers: dict[str, str] = {}
    for item in items:
        text, answer, choices = _parts(item)
        if answer and answer not in choices:
            offered = "、".join(map(str, choices))
            raise AnswersError(
                f"答案 {quote(answer)} 不在可选之中，没有测算；{quote(text)}可答 {offered}。"
            )
        if answer:
            answers[text] = answer
    return answers


def _parts(item: object) -> tuple[str, str, dict[str, object]]:
    if isinstance(item, dict):
        text, answer, choices = (item.get(key) for key in (_QUESTION, _ANSWER, _CHOICES))
        if isinstance(text, str) and isinstance(answer, str) and isinstance(choices, dict):
            return text, answer, choices
    raise AnswersError
