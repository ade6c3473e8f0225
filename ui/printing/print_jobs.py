"""What the print process is asked for, and how it answers.

Everything here goes through a pipe: small records, no text that is set already.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from typing import BinaryIO

    from medcounter.notice.sheet.manuscript import Manuscript
    from medcounter.notice.sheet.paper import Paper
    from medcounter.settings import Offset

    from .draw import DrawPage
    from .layout import Layout
    from .text_shelf import TextShelf

# Before each question: its length, in bytes.
HEAD = 8


class Printers(NamedTuple):
    """The system's printers, and which of them is the usual one.

    Attributes:
        names: As the system gives them.
        usual: One of them; empty when none is chosen.
        silent: Why they are not known; empty when the system answered.
    """

    names: tuple[str, ...] = ()
    usual: str = ""
    silent: str = ""


class PrintAnswer(NamedTuple):
    """What the print process says of one question.

    Attributes:
        refused: The sentence on why it was not done; empty when it was.
        printers: Where they were asked for.
    """

    refused: str = ""
    printers: Printers = Printers()


class PrintQuestion(Protocol):
    """Something to be done in the print process."""

    def run(self) -> Printers:
        """Do it.

        Raises:
            MedCounterError: It was not done.
        """


@dataclass(frozen=True, slots=True)
class PrintersQuestion:
    """Asks which printers there are."""

    def run(self) -> Printers:
        """Override PrintQuestion.run: ask the system."""
        from .printer import default_printer_name, printer_names  # noqa: PLC0415 - not the window's

        return Printers(printer_names(), default_printer_name())


@dataclass(frozen=True, slots=True)
class SheetJob:
    """A sheet for a printer.

    Attributes:
        written: What stands on it, as it was laid out.
        paper: What it was laid out for.
        offset: Names the printer, and how far it moves everything.
        with_boxes: Whether a character that cannot be drawn may be a box.
    """

    written: Manuscript
    paper: Paper
    offset: Offset
    with_boxes: bool

    def run(self) -> Printers:
        """Override PrintQuestion.run: lay it out as it was and print it."""
        from .layout import lay_out_again  # noqa: PLC0415 - not the window's
        from .printer import send_layout  # noqa: PLC0415 - not the window's

        layout = lay_out_again(self.written, self.paper, _shelf())
        send_layout(layout, self.offset, with_boxes=self.with_boxes)
        return Printers()


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page that is drawn by hand, for a printer.

    Attributes:
        draw_page: Draws it; a function of a module, with its arguments.
        paper: What it is drawn on.
        title: What the printer's queue shows.
        offset: Names the printer, and how far it moves everything.
    """

    draw_page: DrawPage
    paper: Paper
    title: str
    offset: Offset

    def run(self) -> Printers:
        """Override PrintQuestion.run: draw and print it."""
        from .printer import send_page  # noqa: PLC0415 - not the window's

        send_page(self.draw_page, self.paper, self.title, self.offset)
        return Printers()


def sheet_job(layout: Layout, offset: Offset, *, with_boxes: bool) -> SheetJob:
    """Describe a sheet that is laid out, to be printed by the print process."""
    return SheetJob(layout.manuscript, layout.paper, offset, with_boxes)


@cache
def _shelf() -> TextShelf:
    """Return the texts of the print process: those of a list are much alike."""
    from .text_shelf import TextShelf  # noqa: PLC0415 - not the window's

    return TextShelf()


def packed_question(question: PrintQuestion) -> bytes:
    """Write a question for the pipe."""
    data = pickle.dumps(question)
    return len(data).to_bytes(HEAD) + data


def read_question(pipe: BinaryIO) -> PrintQuestion | None:
    """Read the next question; None where there is no further one."""
    length = int.from_bytes(pipe.read(HEAD))
    data = pipe.read(length)
    if not length or len(data) < length:
        return None
    question: PrintQuestion = pickle.loads(data)  # noqa: S301 - from the window of this very program
    return question


def packed_answer(answer: PrintAnswer) -> bytes:
    """Write an answer as one line."""
    said = {
        "refused": answer.refused,
        "names": answer.printers.names,
        "usual": answer.printers.usual,
    }
    return json.dumps(said).encode() + b"\n"


def read_answer(line: bytes) -> PrintAnswer:
    """Read an answer.

    Raises:
        ValueError: It is none.
    """
    said = json.loads(line)
    try:
        printers = Printers(tuple(map(str, said["names"])), str(said["usual"]))
        return PrintAnswer(str(said["refused"]), printers)
    except (KeyError, TypeError) as err:
        raise ValueError from err
