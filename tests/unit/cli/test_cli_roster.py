"""``medcounter roster``: a list in, its answers out, its faults beside it."""

import csv
import json
from pathlib import Path

import pytest

from medcounter.cli.program import main
from tests.support.roster.roster_samples import HEADINGS, ID, messy, people, write_csv, write_xlsx

PLACE = ("--region", "360000", "--year", "2026", "--on", "2025-11-20")


def roster(folder: Path, *words: str) -> int:
    return main(["roster", "--data-dir", str(folder / "data"), *words])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_good_list_is_answered_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_xlsx(tmp_path / "list.xlsx", people(30))
    out = tmp_path / "out.csv"
    assert roster(tmp_path, str(source), str(out), *PLACE) == 0
    rows = read(out)
    assert len(rows) == 30
    assert all(row["应缴（元）"] for row in rows)
    assert capsys.readouterr().out.startswith("测算 30 人，应缴合计 ")


# Jiangxi collects 2025 to 2025-02-28, 2026 from 2025-10-15 on (the two notices); between them
# the counter stays with the calendar year.
@pytest.mark.parametrize(
    ("on", "year"), [("2025-02-03", "2025"), ("2025-03-05", "2025"), ("2025-11-20", "2026")]
)
def test_a_list_without_a_year_is_for_the_year_that_the_counter_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], on: str, year: str
) -> None:
    source = write_xlsx(tmp_path / "list.xlsx", people(3))
    out = tmp_path / "out.csv"
    assert roster(tmp_path, str(source), str(out), "--region", "360000", "--on", on) == 0
    assert {row["待遇年度"] for row in read(out)} == {year}
    told = capsys.readouterr().out
    assert f"按 {on} 征缴的 {year} 年度测算" in told
    assert "360000 已收录 2025、2026 年度" in told


def test_a_season_without_rules_says_which_years_have_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_xlsx(tmp_path / "list.xlsx", people(3))
    out = tmp_path / "out.csv"
    paid = ("--region", "360000", "--on", "2026-11-30")
    assert roster(tmp_path, str(source), str(out), *paid) == 2
    assert all("没有收录 2027 年度的规则" in row["说明"] for row in read(out))
    assert "360000 已收录 2025、2026 年度" in capsys.readouterr().out


def test_a_messy_list_is_answered_but_for_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought = messy(400)
    source = write_xlsx(tmp_path / "list.xlsx", brought.rows)
    out, faults = tmp_path / "out.csv", tmp_path / "faults.csv"
    assert roster(tmp_path, str(source), str(out), *PLACE, "--faults", str(faults)) == 2
    unanswered = {int(row["行"]) for row in read(out) if not row["应缴（元）"]}
    assert unanswered == set(brought.faults)
    stopped = {row["问题"] for row in read(faults) if row["程度"] == "未测算"}
    assert stopped == set(brought.faults.values())
    assert f"有 {len(brought.faults)} 行有问题" in capsys.readouterr().err


def test_open_questions_are_a_file_that_is_answered_and_handed_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = tuple("身份证号" if one == "联系电话" else one for one in HEADINGS)
    rows = people(3)
    for row in rows:
        row[8] = rows[0][ID]
    source = str(write_xlsx(tmp_path / "list.xlsx", rows, headings))
    out, asked = tmp_path / "out.csv", tmp_path / "asked.json"
    assert roster(tmp_path, source, str(out), *PLACE, "--questions", str(asked)) == 5
    assert not out.exists()
    assert "1 处要先问清" in capsys.readouterr().err
    questions = json.loads(asked.read_text("utf-8"))
    [question] = questions["questions"]
    assert list(question["choices"]) == ["D3", "I3"]
    # A file handed back as it came answers nothing.
    words = (source, str(out), *PLACE, "--answers", str(asked), "--whole-id")
    assert roster(tmp_path, *words) == 5
    question["answer"] = "D3"
    asked.write_text(json.dumps(questions, ensure_ascii=False), "utf-8-sig")
    assert roster(tmp_path, *words) == 0
    assert [row["证件号码"] for row in read(out)] == [row[ID] for row in rows]
    assert "身份证号" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "答案文件第 1 行"),
        ("[]", "--questions"),
        ('{"questions": [{"question": "a", "choices": {}}]}', "--questions"),
        ('{"questions": [{"question": "a", "choices": {"C1": "x"}, "answer": "C2"}]}', "“C2”"),
    ],
)
def test_answers_that_are_none_are_refused_and_nothing_is_written(
    tmp_path: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, answers = write_csv(tmp_path / "list.csv", people(1)), tmp_path / "answers.json"
    answers.write_text(text, "utf-8")
    out = tmp_path / "out.csv"
    assert roster(tmp_path, str(source), str(out), *PLACE, "--answers", str(answers)) == 2
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_numbers_of_documents_are_starred_unless_asked_for(tmp_path: Path) -> None:
    rows = people(2)
    source = write_csv(tmp_path / "list.csv", rows)
    out = tmp_path / "out.csv"
    roster(tmp_path, str(source), str(out), *PLACE)
    assert {row["证件号码"][4:14] for row in read(out)} == {"*" * 10}
    assert roster(tmp_path, str(source), str(out), *PLACE, "--whole-id", "--force") == 0
    assert [row["证件号码"] for row in read(out)] == [row[ID] for row in rows]


def test_the_same_list_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "list.csv", people(200))
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    roster(tmp_path, str(source), str(first), *PLACE)
    roster(tmp_path, str(source), str(second), *PLACE)
    assert first.read_bytes() == second.read_bytes()


def test_a_list_that_cannot_be_read_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(b"\xff\xfe\xfd")
    assert roster(tmp_path, str(source), str(tmp_path / "out.csv"), *PLACE) == 2
    assert "没有导入任何人" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_a_template_is_read_back_with_its_headings_known(tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    assert roster(tmp_path, str(template), "--template") == 0
    assert roster(tmp_path, str(template), str(tmp_path / "out.csv"), *PLACE) == 2


def test_a_result_that_is_no_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_csv(tmp_path / "list.csv", people(1))
    assert roster(tmp_path, str(source), str(tmp_path / "out.doc"), *PLACE) == 2
    assert roster(tmp_path, str(source), *PLACE) == 2
    assert "缺少要写成的文件" in capsys.readouterr().err


def test_a_list_is_never_written_over_nor_its_answers_over_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_csv(tmp_path / "list.csv", people(2))
    before = source.read_bytes()
    assert roster(tmp_path, str(source), str(source), *PLACE, "--force") == 4
    assert "正是在读的文件" in capsys.readouterr().err
    out = str(tmp_path / "out.csv")
    assert roster(tmp_path, str(source), out, *PLACE, "--faults", str(source), "--force") == 4
    assert roster(tmp_path, str(source), out, *PLACE, "--faults", out) == 4
    assert "不同的文件名" in capsys.readouterr().err
    assert source.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.csv")] == ["list.csv"]


def test_a_result_that_is_there_is_kept_unless_force_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_csv(tmp_path / "list.csv", people(2))
    out = tmp_path / "out.csv"
    out.write_text("somebody's work")
    assert roster(tmp_path, str(source), str(out), *PLACE) == 4
    assert "--force" in capsys.readouterr().err
    assert out.read_text() == "somebody's work"
    assert roster(tmp_path, str(source), str(out), *PLACE, "--force") == 0
    assert len(read(out)) == 2


@pytest.mark.parametrize(
    "words",
    [("--faults", "f.csv"), ("--whole-id",), ("--column", "a=name"), ("--word", "a=姓名")],
)
def test_what_a_parquet_file_knows_nothing_of_is_refused_and_not_ignored(
    tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert roster(tmp_path, "in.parquet", str(tmp_path / "out.parquet"), *words) == 2
    assert f"不能用 {words[0]}" in capsys.readouterr().err


def test_a_word_of_the_hall_is_said_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = tuple("参合人" if one == "姓名" else one for one in HEADINGS)
    source = write_xlsx(tmp_path / "list.xlsx", people(2), headings)
    out = str(tmp_path / "out.csv")
    assert roster(tmp_path, str(source), out, *PLACE) == 2
    assert "没有“姓名”" in capsys.readouterr().err
    assert roster(tmp_path, str(source), out, *PLACE, "--word", "参合人=姓名") == 0
    assert len(read(tmp_path / "out.csv")) == 2
    assert roster(tmp_path, str(source), out, *PLACE, "--word", "参合人=某项", "--force") == 2
    assert "没有叫“某项”的列或人员类别" in capsys.readouterr().err
    assert len(read(tmp_path / "out.csv")) == 2
