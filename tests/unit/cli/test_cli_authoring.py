"""Rules are written by the words of the command line, step by step as in the window."""

from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.cli.command import OVER
from medcounter.desk.desk import Desk
from tests.support.store.access_samples import LI, SECRETS, ZHAO, locked_folder
from tests.support.store.store_samples import AT
from tests.support.system.streams import Streams, said

BUNDLES = Path(__file__).resolve().parents[3] / "resources" / "bundles"


def told(streams: Streams) -> str:
    out, err = said(streams)
    return out + err


def authoring(*words: object) -> int:
    return main(["authoring", *map(str, words)])


def test_a_place_goes_from_a_shipped_file_to_a_changed_folder(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    assert authoring("from", "guangxi-2025") == 0
    assert "已新建：草稿 1，广西壮族自治区 2025 年度城乡居民医保" in told(capfdbinary)
    assert authoring("set", 1, "rules/standard/answer/items/0/amount", "410") == 0
    assert "金额：400.00 → 410.00" in told(capfdbinary)
    assert authoring("show", 1, "--section", "fees") == 0
    assert "金额：410.00  [rules/standard/answer/items/standard-2025/amount]" in told(capfdbinary)
    assert authoring("undo", 1) == 0
    assert authoring("export", 1, tmp_path / "out") == 0
    same = (BUNDLES / "guangxi-2025.json").read_bytes()
    assert (tmp_path / "out" / "450000-resident-2025.json").read_bytes() == same
    assert authoring("redo", 1) == 0
    assert authoring("export", 1, tmp_path / "changed") == 0
    changed = (tmp_path / "changed" / "450000-resident-2025.json").read_bytes()
    assert changed.count(b'"410.00"') == same.count(b'"410.00"') + 1
    assert main(["bundle", "check", str(tmp_path / "out")]) == 0


def test_the_history_tells_what_was_changed_and_is_gone_back_in(capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    authoring("set", 1, "rules/standard/answer/items/0/amount", "410")
    authoring("cut", 1, "rules/late")
    told(capfdbinary)
    assert authoring("history", 1) == 0
    lines = told(capfdbinary).splitlines()
    assert [line.partition("  ")[0] for line in lines] == ["第 3 版", "第 2 版", "第 1 版"]
    assert authoring("restore", 1, 1) == 0
    assert "现在是第 4 版" in told(capfdbinary)
    authoring("show", 1, "--section", "periods")
    assert "[rules/late/when/from]" in told(capfdbinary)


def test_two_drafts_of_one_place_are_told(capfdbinary: Streams) -> None:
    authoring("new", "320200", "--year", "2026")
    assert authoring("new", "320200", "--year", "2026") == 0
    assert "这个地区、险种和年度还有草稿 1" in told(capfdbinary)
    authoring("list")
    assert "另有同一地区和年度的草稿 2" in told(capfdbinary)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("new", "320200", "--year", "2031"), "没有 2031 年度"),
        (("new", "999999", "--year", "2026"), "全国地区表里没有这个代码"),
        (("from", "atlantis-2026"), "现行规则里没有方案“atlantis-2026”"),
        (("import", "gone.json"), "“gone.json”无法读取"),
        (("open", 9), "没有这份规则草稿"),
        (("history", 9), "没有这份规则草稿"),
        (("set", 1, "nothing/here", "3"), "草稿里没有“nothing/here”这一处"),
        (("set", 1, "rules/main/when/from", "somewhen"), "“somewhen”"),
        (("set", 1, "rules/main/answer/of", "3"), "表单里没有这一栏"),
        (("cut", 1, "rules/main/answer/nothing"), "草稿里没有这一处"),
        (("cut", 1, "rules/main/nothing"), "草稿里没有这一处"),
        (("cut", 1, "regions"), "没有"),
        (("cut", 1, "programmes"), "没有"),
        (("restore", 1, 77), "没有这一版"),
        (("attach", 1, "guangxi-2025", "gone.pdf"), "没有找到公告文件“gone.pdf”"),
        (("accept", "换过硬盘"), "不用确认"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    words: tuple[object, ...], sentence: str, capfdbinary: Streams
) -> None:
    authoring("from", "guangxi-2025")
    told(capfdbinary)
    assert authoring(*words) == 2
    assert sentence in told(capfdbinary)
    authoring("history", 1)
    assert told(capfdbinary).count("第 ") == 1


def test_a_command_that_needs_a_draft_makes_no_data_folder(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    assert authoring("list") == 2
    assert "没有台账" in told(capfdbinary)
    assert not own_data_dir.exists()


def test_a_folder_in_use_by_the_window_is_code_three(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    try:
        assert authoring("list") == 3
    finally:
        desk.close()


def test_nothing_is_exported_into_the_data_folder(own_data_dir: Path, capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    told(capfdbinary)
    assert authoring("export", 1, own_data_dir / "out") == 4
    assert "在台账的数据文件夹" in told(capfdbinary)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    (tmp_path / "closed").write_bytes(b"no folder can be made in a file")
    told(capfdbinary)
    assert authoring("export", 1, tmp_path / "closed" / "out") == 2
    assert "写不进去" in told(capfdbinary)


def test_a_draft_that_another_has_open_is_told_and_a_supervisor_takes_it(
    own_data_dir: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    locked_folder(own_data_dir)

    def signed(name: str) -> list[str]:
        secret = tmp_path / f"{name}.txt"
        secret.write_text(SECRETS[name], encoding="utf-8")
        return ["--clerk", name, "--secret-file", str(secret)]

    assert main(["authoring", "new", "320200", "--year", "2026", *signed(LI)]) == 0
    assert main(["authoring", "open", "1", *signed(LI)]) == 0
    told(capfdbinary)
    assert main(["authoring", "set", "1", "regions/320200/name", "无锡", *signed(ZHAO)]) == 2
    assert f"由“{LI}”编制" in told(capfdbinary)
    assert main(["authoring", "open", "1", "--reason", "李晓休假", *signed(ZHAO)]) == 0
    assert main(["authoring", "set", "1", "regions/320200/name", "无锡", *signed(LI)]) == 2
    assert main(["authoring", "set", "1", "regions/320200/name", "无锡", *signed(ZHAO)]) == 0
    assert main(["authoring", "history", "1", *signed(LI)]) == 0
    assert "接过来继续编制，原因：李晓休假" in told(capfdbinary)


def test_the_sheet_goes_out_as_a_table_and_comes_back(tmp_path: Path, capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    told(capfdbinary)
    assert authoring("sheet", 1, tmp_path / "a.xlsx") == 0
    assert "规则哈希" in told(capfdbinary)
    assert authoring("sheet", 1, tmp_path / "a.xlsx") == OVER[0]
    assert "已经有了" in told(capfdbinary)
    assert authoring("sheet", 1, tmp_path / "a.docx") == 2
    assert "以 .pdf 或 .xlsx 结尾" in told(capfdbinary)
    assert authoring("ticked", 1, tmp_path / "a.xlsx") == 0
    assert "√ 0 项，× 0 项，未核对" in told(capfdbinary)
    assert authoring("ticked", 1, tmp_path / "b.xlsx") == 2
    assert "没有找到审签单文件“b.xlsx”" in told(capfdbinary)


def test_paper_needs_the_parts_that_draw(tmp_path: Path, capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    told(capfdbinary)
    assert authoring("sheet", 1, tmp_path / "a.pdf") == 2
    assert "没有装" in told(capfdbinary)
    assert not (tmp_path / "a.pdf").exists()


def test_rows_are_ticked_and_warnings_answered_until_nothing_is_left(capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    authoring("set", 1, "rules/standard/answer/items/0/amount", "4000")
    told(capfdbinary)
    assert authoring("check", 1) == 2
    assert "要改正" in told(capfdbinary)
    authoring("undo", 1)
    assert authoring("table", 1, "--year", 2025) == 0
    lines = [line for line in told(capfdbinary).splitlines() if "应缴 ¥400.00" in line]
    row = lines[0].removeprefix("　").removeprefix("✓").split()[0]
    assert authoring("tick", 1, row) == 0
    assert authoring("table", 1, "--year", 2026) == 2
    assert authoring("tick", 1, "no-such-row") == 2
    assert "没有这一行" in told(capfdbinary)
    assert authoring("tick", 1, row, "--off") == 0
    assert authoring("check", 1) in {0, 5}
    assert authoring("answer", 1, 99, "理由") == 2


def test_last_year_is_rolled_forward_by_answers_and_what_is_left_is_told(
    capfdbinary: Streams,
) -> None:
    assert authoring("roll", "jiangxi-2026", "--ask") == 0
    asked = [line.split()[0] for line in told(capfdbinary).splitlines()]
    assert "amount-400.00" in asked
    assert "counted-from-2025" in asked
    assert authoring("roll", "jiangxi-2026", "--answer", "amount-400.00=430#二") == 0
    assert f"还没有回答的 {len(asked) - 1} 个问题" in told(capfdbinary)
    assert authoring("season", 1, "amount-700.00=724#二", "counted-from-2025==#三") == 0
    assert f"还没有回答的 {len(asked) - 3} 个问题" in told(capfdbinary)
    assert authoring("season", 1, "amount-400.00=1") == 2
    assert authoring("season", 1, "nonsense") == 2
    told(capfdbinary)
    assert authoring("season", 1) == 0
    left = told(capfdbinary)
    assert "待确认" in left
    assert "amount-400.00" not in left
    assert authoring("confirm", 1, "rules/main", "一") == 2
    assert authoring("roll", "jiangxi-2026", "--year", 2031) == 2
    assert authoring("roll", "atlantis-2026") == 2
    assert authoring("roll", "jiangxi-2026", "--answer", "nothing=1") == 2


def test_last_years_examples_are_listed_old_beside_new_and_taken_one_by_one(
    capfdbinary: Streams,
) -> None:
    authoring("roll", "jiangxi-2026", "--answer", "amount-400.00=430")
    told(capfdbinary)
    assert authoring("season", 1, "period-2025-10-15=1008 0131", "period-2026-12-31=>") == 0
    told(capfdbinary)
    assert authoring("examples", 1) == 0
    listed = {line[1:].split()[0]: line for line in told(capfdbinary).splitlines()}
    assert '2027-01-31 缴费  coverage.from "2027-03-01" → "2027-02-01"' in listed["jx27-february"]
    assert listed["jx27-student"].endswith("数与上一年度相同")
    assert authoring("examples", 1, "jx27-student") == 0
    assert f"重算待采用的算例 {len(listed) - 1} 个" in told(capfdbinary)
    assert authoring("examples", 1, "jx27-february", "--dismiss") == 0
    assert f"重算待采用的算例 {len(listed) - 2} 个" in told(capfdbinary)
    assert authoring("examples", 1, "jx27-student") == 2


def test_a_draft_that_was_not_rolled_has_nothing_to_confirm(capfdbinary: Streams) -> None:
    authoring("from", "guangxi-2025")
    told(capfdbinary)
    assert authoring("confirm", 1, "rules/main", "一") == 2
    assert "不是从上一年度沿用来的" in told(capfdbinary)


def test_a_period_is_added_by_what_the_form_offers_and_filled_in(capfdbinary: Streams) -> None:
    authoring("new", "450000", "--year", 2025)
    assert authoring("add", 1, "source") == 0
    authoring("show", 1, "--section", "sources", "--all")
    assert "标题：—（没有填）" in told(capfdbinary)
    assert authoring("add", 1, "main-period") == 0
    assert "接着填 rules/main" in told(capfdbinary)
    assert authoring("set", 1, "rules/main/when/from", "0901") == 0
    assert authoring("set", 1, "rules/main/when/to", "1231") == 0
    authoring("show", 1, "--section", "periods")
    assert "2024-09-01" in told(capfdbinary)
    assert authoring("add", 1, "no-such-thing") == 2
    assert "没有“no-such-thing”这个操作" in told(capfdbinary)
    assert authoring("add", 1, "remove", "rules/nothing") == 2


def test_an_inherited_rule_is_changed_by_typing_into_it(capfdbinary: Streams) -> None:
    authoring("new", "450000", "--year", 2025)
    authoring("show", 1, "--section", "wait")
    (line,) = [
        line
        for line in told(capfdbinary).splitlines()
        if "等待多久：3 个月" in line or "等待多久：3" in line
    ][:1]
    path = line.partition("[")[2].rstrip("]")
    assert path.startswith("base/")
    assert authoring("set", 1, path, "2") == 0
    authoring("show", 1, "--section", "wait")
    assert "[rules/fixed-wait-local/" in told(capfdbinary)
