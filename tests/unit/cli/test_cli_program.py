"""Words in, exit code out: help, refusals, and what stops a command halfway."""

import json
import subprocess
import sys
import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.cli.command import Command
from medcounter.cli.command_list import COMMANDS
from tests.support.system.streams import Streams, said

ROOT = Path(__file__).resolve().parents[3]
FACTS = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"}


def nothing(_parser: ArgumentParser) -> None:
    """Take no argument."""


def break_down(_arguments: Namespace) -> int:
    return 1 // 0


def give_up(_arguments: Namespace) -> int:
    raise KeyboardInterrupt


def lose_the_reader(_arguments: Namespace) -> int:
    raise BrokenPipeError


def command(runner: str) -> tuple[Command, ...]:
    return (Command("try", "试", runner, nothing, ()),)


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_the_help_of_every_command_tells_its_exit_codes(name: str, capfdbinary: Streams) -> None:
    assert main([*name.split(), "--help"]) == 0
    out, err = said(capfdbinary)
    assert out.startswith(f"用法：medcounter {name}")
    assert "退出码：\n  0  完成" in out
    assert "usage" not in out
    assert err == ""


def test_the_program_says_its_version(capfdbinary: Streams) -> None:
    assert main(["--version"]) == 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert capfdbinary.readouterr().out.decode() == f"medcounter {project['version']}\n"


def test_the_help_of_the_program_lists_every_command(capfdbinary: Streams) -> None:
    assert main(["--help"]) == 0
    out, _ = said(capfdbinary)
    assert {command.name.split()[0] for command in COMMANDS} <= set(out.split())


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: str(entry.name))
def test_every_command_can_be_run(entry: Command) -> None:
    module, _, function = entry.runner.partition(":")
    path = module if "." in module else f"medcounter.cli.commands.{module}_commands"
    source = ROOT.joinpath(*path.split(".")).with_suffix(".py")
    assert f"def {function}(" in source.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["moon"], "没有命令“moon”"),
        (["ledger"], "缺少"),
        (["ledger", "burn"], "没有命令“burn”"),
        (["sync"], "缺少"),
        (["sync", "a", "b"], "不认识“b”"),
        (["rules", "--region"], "不认识“--region”"),
        (["--data-dir"], "后面缺少内容"),
        (["ledger", "list", "--limit", "many"], "的值“many”不对"),
        (["ledger", "list", "--limit", "0"], "的值“0”不对"),
        (["bundle", "keys", "here", "../there"], "的值“../there”不对"),
        ([], "没有给出命令"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(
    words: list[str], sentence: str, capfdbinary: Streams
) -> None:
    assert main(words) == 2
    out, err = said(capfdbinary)
    assert out == ""
    assert sentence in err
    assert "--help" in err


def test_wrong_words_behind_assess_are_the_one_json_object(capfdbinary: Streams) -> None:
    assert main(["assess", "--colour"]) == 2
    errors = json.loads(said(capfdbinary)[1])["errors"]
    assert [(error["index"], error["field"], error["code"]) for error in errors] == [
        (0, None, "usage")
    ]


def test_what_nobody_foresaw_is_a_sentence_and_no_traceback(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    own_data_dir.mkdir()
    assert main(["try"], command("tests.unit.cli.test_cli_program:break_down")) == 1
    _, err = said(capfdbinary)
    assert "程序内部出错" in err
    assert "Traceback" not in err
    assert "ZeroDivisionError" in (own_data_dir / "logs" / "medcounter.log").read_text("utf-8")


def test_without_data_nothing_is_written_even_then(own_data_dir: Path) -> None:
    assert main(["try"], command("tests.unit.cli.test_cli_program:break_down")) == 1
    assert not own_data_dir.exists()


def test_a_command_whose_part_is_not_installed_says_so(capfdbinary: Streams) -> None:
    assert main(["try"], command("medcounter.cli.moon:run")) == 2
    assert "没有装" in said(capfdbinary)[1]


def test_ctrl_c_ends_quietly(capfdbinary: Streams) -> None:
    assert main(["try"], command("tests.unit.cli.test_cli_program:give_up")) == 130
    assert said(capfdbinary) == ("", "")


def test_words_without_a_command_go_to_the_window_where_there_is_one() -> None:
    seen: list[Path | None] = []

    def open_window(arguments: Namespace) -> int:
        seen.append(arguments.data_dir)
        return 0

    assert main(["--data-dir", "here"], COMMANDS, open_window) == 0
    assert seen == [Path("here")]


def run(*words: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    facts = json.dumps(FACTS).encode() + b"\n"
    return subprocess.run(
        [sys.executable, "-m", "medcounter", *words],
        input=facts * 50,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        check=False,
        stdout=stdout,
    )


def test_the_core_runs_as_a_module() -> None:
    done = run("assess")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 50


@pytest.mark.skipif(sys.platform == "win32", reason="no such device on Windows")
def test_a_full_disk_behind_the_output_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("assess", stdout=full.fileno())
    assert done.returncode == 1
    assert "写不出去" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise on Windows")
def test_a_reader_that_leaves_early_is_no_fault_to_speak_of() -> None:
    script = f"{sys.executable} -m medcounter bundle schema | head -c 1"
    done = subprocess.run(["sh", "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""
