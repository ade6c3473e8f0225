"""The templates of paper: what is typed stays text, and a name misspelt is an error."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from medcounter.notice.sheet import templates
from medcounter.notice.sheet.templates import write

FOLDER = Path(templates.__file__).parent / "templates"
FOLDERS = (
    FOLDER,
    FOLDER.parents[2] / "authoring" / "sign_sheet" / "templates",
    FOLDER.parents[3] / "ui" / "views" / "counter" / "templates",
)
MACRO = re.compile(r"{% macro (\w+)\(")


def test_what_was_typed_cannot_become_markup() -> None:
    written = write("day", "heading", '<b>"王&丽"</b>')
    assert written == '<p class="note head">&lt;b&gt;&#34;王&amp;丽&#34;&lt;/b&gt;</p>'


@pytest.mark.parametrize("character", ["\x00", "\n", "\x1b", "\u202e", "\u200b", "\ufeff"])
def test_what_bends_a_line_is_a_space_on_paper(character: str) -> None:
    assert write("day", "note", f"王{character}丽") == '<p class="note">王 丽</p>'


def test_a_sentence_is_set_with_full_width_punctuation_and_is_text() -> None:
    assert "费用&lt;自付&gt;，不报 &lt;b&gt;" in write("notes", "doubt", "费用<自付>,不报 <b>", "")


def test_what_a_template_wrote_is_not_escaped_again() -> None:
    assert "<b>王</b>" in write("day", "note", Markup("<b>王</b>"))


def test_a_value_that_was_not_given_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(UndefinedError):
        write("day", "note")


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_template_takes_an_escape_away(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    assert texts
    assert [text for text in texts if re.search(r"\|\s*safe\b|autoescape", text)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_part_of_a_template_is_asked_for(folder: Path) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    code = "".join(path.read_text(encoding="utf-8") for path in folder.parent.glob("*.py"))
    asked = set(re.findall(r"""["}](\w+)["]""", code))
    for part in MACRO.findall(texts):
        called = re.search(rf"(?<!macro )\b{part}\(", texts)
        assert called or {part, part.removeprefix("slim_")} & asked, part


def test_the_templates_are_found_where_the_program_lies_in_an_archive(tmp_path: Path) -> None:
    package = FOLDER.parents[2]
    with zipfile.ZipFile(tmp_path / "program.zip", "w") as archive:
        for path in (*package.rglob("*.py"), *FOLDER.iterdir()):
            archive.write(path, path.relative_to(package.parent))
    asked = "from medcounter.notice.sheet.templates import write; print(write('day', 'note', '1'))"
    found = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "program.zip")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == '<p class="note">1</p>'
