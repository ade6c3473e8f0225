"""Main function of the command line: from arguments to an exit code.

Every refusal is printed as a sentence, never as a traceback.
"""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from medcounter.cli.command import FAILED, IN_USE, REFUSED, TAKEN, Command, UsageError, build_parser
from medcounter.cli.command_list import COMMANDS, JSON_COMMANDS
from medcounter.cli.output import OutputUnwritableError, Refusal, complain, refuse
from medcounter.desk.counter.export_kinds import TableUnsavedError
from medcounter.desk.safety.program_log import start_log
from medcounter.destinations import DestinationRefusedError
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir
from medcounter.store.store_errors import StoreInUseError

_log = logging.getLogger(__name__)
_INTERRUPTED = 130
_CODES = {
    StoreInUseError: IN_USE,
    OutputUnwritableError: FAILED,
    TableUnsavedError: FAILED,
    DestinationRefusedError: TAKEN,
}
# Without a handler of its own a library's last resort would write tracebacks to the screen.
logging.getLogger("medcounter").addHandler(logging.NullHandler())


class UnexpectedError(MedCounterError):
    """程序内部出错，这个命令没有完成，已有数据不变；请把所用的命令告诉技术支持。"""


def offer_help(_arguments: Namespace) -> int:
    """Say that a command is wanted where no window can open.

    Raises:
        UsageError: Always.
    """
    raise UsageError("没有给出命令，这里又没有安装窗口；请用 --help 查看有哪些命令。")


def main(
    argv: Sequence[str] | None = None,
    commands: Sequence[Command] = COMMANDS,
    without_command: Callable[[Namespace], int] = offer_help,
) -> int:
    """Do what the words say.

    Args:
        argv: The words behind the program's name; None takes those of the
            process.
        commands: What is offered; the window adds those that need a screen.
        without_command: What to do when no command is given; the window
            opens then.

    Returns:
        The exit code: 0 done, 1 the answer could not be written, 2 refused,
        3 the ledger is in use, 4 a file may not be written where it was named,
        5 something doubtful was not acknowledged.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        arguments = build_parser(commands).parse_args(words)
        command: Command | None = arguments.command
        return without_command(arguments) if command is None else command.run(arguments)
    except SystemExit as err:
        return int(err.code or 0)
    except MedCounterError as err:
        return _refused(err, words)
    except BrokenPipeError:
        _let_go_of_the_pipe()
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception:  # noqa: BLE001 -- the last border: who typed the command gets a sentence
        folder = data_dir()
        if folder.is_dir():
            start_log(folder)
        _log.exception("a command failed")
        complain(UnexpectedError().text)
        return FAILED


def _refused(err: MedCounterError, words: Sequence[str]) -> int:
    if isinstance(err, UsageError) and words[:1] and words[0] in JSON_COMMANDS:
        refuse([Refusal(0, "", "usage", err.text)])
    else:
        complain(err.text)
    for kind, code in _CODES.items():
        if isinstance(err, kind):
            return code
    return REFUSED


def _let_go_of_the_pipe() -> None:
    """Keep the interpreter from writing to the closed pipe once more at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
