"""A file in which people stand is for its user alone: what is not is listed here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# Function by function, what stands in a file that everybody may read.
NOBODY_STANDS_IN = {
    ("medcounter/cli/commands/authoring_commands.py", "_write_all"): "a draft of rules",
    ("medcounter/cli/commands/bundle_commands.py", "run_cases"): "residents made up from the rules",
    ("medcounter/cli/commands/bundle_commands.py", "run_keys"): "public halves of office keys",
    ("medcounter/cli/commands/bundle_commands.py", "run_sign"): "a signed bundle",
    ("medcounter/cli/commands/rule_drafts/draft_release_commands.py", "run_file"): "signed rules",
    ("medcounter/cli/commands/rule_drafts/draft_release_commands.py", "run_office"): "signed rules",
    ("medcounter/cli/commands/rule_drafts/draft_release_commands.py", "run_sign"): "signed rules",
    (
        "medcounter/cli/commands/rule_drafts/draft_sheet_commands.py",
        "run_sheet",
    ): "rules, to tick",
    ("medcounter/cli/commands/hall_commands.py", "run_certificate"): "supervisors, to be handed on",
    ("medcounter/cli/commands/hall_commands.py", "run_sign"): "signed rules",
    ("medcounter/cli/commands/root_commands.py", "run_propose"): "public halves of office keys",
    ("medcounter/cli/commands/root_commands.py", "run_sign"): "public halves of office keys",
    ("medcounter/cli/commands/roster_commands.py", "run_roster"): "an empty list",
    ("medcounter/desk/authoring/draft_export.py", "write_export"): "a draft of rules",
    ("medcounter/desk/authoring/draft_release.py", "_write"): "signed rules",
    ("ui/access/hall_flow.py", "_save"): "supervisors, to be handed on",
    ("ui/cli/sheet_command.py", "run_sheet"): "rules, to tick",
    ("ui/views/roster/roster_session.py", "export_template"): "an empty list",
    ("ui/views/season/season_papers.py", "save_to"): "counts of a season",
    ("ui/views/studio/sheets/sign_papers.py", "_save_pdf"): "rules, to tick",
    ("ui/views/studio/sheets/sign_papers.py", "_save_table"): "rules, to tick",
}
# These hand on what their callers say.
HANDS_ON = {
    ("medcounter/cli/named_destination.py", "named_destination"),
    ("ui/papers/desk_papers.py", "named_destination"),
    ("ui/papers/desk_papers.py", "save"),
    ("ui/views/roster/roster_session.py", "_write"),
}


def said(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each function that says of a file whether people stand in it, unless they do."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for word, usual in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
            if word.arg == "people" and usual is not None and ast.unparse(usual) != "True":
                yield function.name, ast.unparse(usual)
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            values = [ast.unparse(word.value) for word in call.keywords if word.arg == "people"]
            yield from ((function.name, value) for value in values if value != "True")


def found() -> set[tuple[str, str, str]]:
    paths = (*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py"))
    return {
        (path.relative_to(ROOT).as_posix(), *one)
        for path in paths
        for one in said(ast.parse(path.read_text(encoding="utf-8")))
    }


def test_whatever_everybody_may_read_is_listed_with_what_stands_in_it() -> None:
    listed = {(*where, "False") for where in NOBODY_STANDS_IN}
    assert found() == listed | {(*where, "people") for where in HANDS_ON}


@pytest.mark.parametrize(
    "line",
    [
        "destination(path, folder, people=False)",
        "named_destination(arguments, path, people=not masked)",
        "self.save(layout, path, people=False)",
    ],
)
def test_a_door_left_open_is_seen(line: str) -> None:
    assert list(said(ast.parse(f"def run():\n    {line}")))
    assert list(said(ast.parse("def save(path, *, people=False): ...")))


def test_a_door_that_is_shut_is_passed_over() -> None:
    shut = "def save(*, people=True):\n    destination(path, folder, people=True)"
    assert not list(said(ast.parse(shut)))
