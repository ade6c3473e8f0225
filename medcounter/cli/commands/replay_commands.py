"""The command ``replay``: evaluate a stored answer under the same rules again."""

from __future__ import annotations

from argparse import Namespace

from medcounter.assess.replay import ReplayImpossibleError, replay
from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.commands.assess_commands import read_input
from medcounter.cli.output import complain, write
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.strict_json import read_strict


def run_replay(arguments: Namespace) -> int:
    """Return whether the same rules give the same bytes again."""
    stored = read_strict(read_input(arguments.file))
    if not isinstance(stored, dict):
        raise ReplayImpossibleError
    again = replay(stored, rules_in_use(arguments.bundle, arguments.data_dir))
    if again.same:
        write("重算结果与原结果逐字相同。")
        return DONE
    complain(f"重算结果与原结果不同：{'、'.join(again.differs)}。")
    return REFUSED
