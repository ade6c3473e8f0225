"""A hall's rules from the key to the counter, by commands alone."""

import json
from pathlib import Path

import pytest

from medcounter.cli.program import main
from medcounter.trust.hall.hall_words import words_of
from tests.support.desk.hall_samples import (
    CLERK_NAME,
    NAMES,
    REGION,
    YEAR,
    YUNXI,
    hall_folder,
    opened,
    other_folder,
    secret_of,
)

WANG, LI, ZHAO = NAMES


class Counter:
    """A desk's folder, and commands given there by somebody."""

    def __init__(self, folder: Path, recovery: str) -> None:
        self.folder = folder
        self.paper = folder.parent / f"{folder.name}-paper.txt"
        self.paper.write_text(recovery, encoding="utf-8")

    def do(self, name: str, *words: str) -> int:
        secret = self.folder.parent / "secret.txt"
        secret.write_text(secret_of(name), encoding="utf-8")
        signing = ("--data-dir", str(self.folder), "--clerk", name, "--secret-file", str(secret))
        return main([*words, *signing])


@pytest.fixture
def hall(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "hall", hall_folder(tmp_path / "hall"))


@pytest.fixture
def other(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "other", other_folder(tmp_path / "other"))


def test_from_the_certificate_to_another_desk(
    hall: Counter, other: Counter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, half, rules = (str(tmp_path / f"{name}.json") for name in ("c", "half", "rules"))
    part, head = str(YUNXI / "yunxi-2027.json"), str(YUNXI / "bundle.json")
    assert hall.do(WANG, "hall", "certificate", certificate) == 0
    assert other.do(ZHAO, "hall", "show") == 0
    assert "还没有确认过本厅的密钥" in capsys.readouterr().out
    with opened(hall.folder, WANG) as desk:
        words = " ".join(words_of(desk.hall_rules.state.hall_key))
    assert other.do(ZHAO, "hall", "confirm", certificate, words) == 0
    day = ("--begins", "2026-11-30")
    signing = ("hall", "sign", part, "--head", head, "--reviewer", LI, "--out", half, *day)
    assert hall.do(WANG, *signing) == 0
    capsys.readouterr()
    assert hall.do(LI, "hall", "review", half) == 0
    seen = capsys.readouterr().out
    assert "云溪县" in seen
    assert not (tmp_path / "rules.json").exists(), "looking signs nothing"
    assert hall.do(LI, "hall", "sign", half, "--out", rules) == 0
    assert capsys.readouterr().out.startswith(seen)
    assert other.do(CLERK_NAME, "hall", "take", rules, "--dry-run") == 0
    assert "已采用" not in capsys.readouterr().out
    assert other.do(CLERK_NAME, "hall", "take", rules) == 0
    assert "编制 王敏，复核 李强" in capsys.readouterr().out
    assert other.do(CLERK_NAME, "hall", "take", rules) == 2, "the same again"
    assert other.do(ZHAO, "hall", "show") == 0
    shown = capsys.readouterr().out
    assert words in shown
    assert "在用：本厅规则第 1 版，云溪县（虚构）" in shown
    with opened(other.folder, CLERK_NAME) as desk:
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_a_key_is_made_once_and_anew_on_purpose(
    hall: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    key = ("hall", "key", "--key-file", str(hall.paper))
    assert hall.do(WANG, *key) == 2
    assert "已经有自己的密钥" in capsys.readouterr().err
    assert hall.do(WANG, *key, "--renew") == 0
    assert "主管证明上有：李强、王敏" in capsys.readouterr().out
    assert hall.do(WANG, "hall", "certify", "--key-file", str(hall.paper)) == 0
    assert "第 1 份主管证明" in capsys.readouterr().out


def test_an_answer_by_an_offices_rules_replays_here_too(
    hall: Counter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "asked.json"
    facts = {"region": "360100", "benefit_year": 2026, "payment_date": "2026-03-05"}
    asked.write_text(json.dumps(facts), encoding="utf-8")
    assert main(["assess", str(asked)]) == 0
    answer = tmp_path / "answer.json"
    answer.write_text(capsys.readouterr().out, encoding="utf-8")
    assert hall.do(CLERK_NAME, "hall", "replay", str(answer)) == 0
    assert "逐字相同" in capsys.readouterr().out
