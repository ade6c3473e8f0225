"""The function behind ``authoring sheet`` where paper can be drawn: PDF or table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medcounter.authoring.sign_sheet.sign_manuscript import SIGN_PAPER, sign_manuscript
from medcounter.cli.command import DONE
from medcounter.cli.commands.rule_drafts.draft_sheet_commands import PAPER, sheet_made, told_of
from medcounter.cli.commands.rule_drafts.draft_sheet_commands import run_sheet as write_table
from medcounter.cli.named_destination import named_destination
from medcounter.cli.output import write

from ..printing.layout import lay_out_written
from ..printing.pdf import write_pdf
from .drawing_commands import ready_to_draw

if TYPE_CHECKING:
    from argparse import Namespace


def run_sheet(arguments: Namespace) -> int:
    """Draw the sheet of a draft into a PDF, or write it as a table."""
    if arguments.file.suffix.lower() != PAPER:
        return write_table(arguments)
    place = named_destination(arguments, arguments.file, people=False)
    made = sheet_made(arguments)
    ready_to_draw()
    layout = lay_out_written(partial(sign_manuscript, made.sheet), SIGN_PAPER)
    write_pdf(layout, place)
    write(f"{told_of(arguments, made)}共 {len(layout.pages)} 页。")
    return DONE
