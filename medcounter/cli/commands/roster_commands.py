"""The command ``roster``: assess a list, write its answers and its faults.

Source: docs/rosters.md. Streams row by row; opens no ledger.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.cli.checked_bundle import rules_to_answer_by
from medcounter.cli.command import ASKED, DONE, REFUSED, PartMissingError, UsageError
from medcounter.cli.named_destination import named_destination
from medcounter.cli.output import complain, write
from medcounter.cli.roster_arguments import PARQUET
from medcounter.desk.draft.season import year_in_season
from medcounter.desk.roster.roster_list import export_template
from medcounter.destinations import Destination, require_apart
from medcounter.files import read_bounded
from medcounter.money import show_yuan
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.answering.results import (
    AnsweredRows,
    Filter,
    Result,
    Totals,
    answer_by_columns,
)
from medcounter.roster.reading.doctor import Doctor, left_sentences
from medcounter.roster.reading.findings import STOPS, Finding
from medcounter.roster.reading.inquiry import (
    AnswersError,
    ListAnswers,
    QuestionsOpenError,
    questions_file,
    read_answers,
)
from medcounter.roster.reading.person_reader import Wanted
from medcounter.roster.tables.table import open_table
from medcounter.roster.writing.export_rows import ExportRows, Heading, headings
from medcounter.roster.writing.list_writer import Put, writing_rows

_FAULT_HEADINGS = (("位置", 30), ("问题", 16), ("程度", 10), ("说明", 80))
_LARGEST_ANSWERS = 10_000_000
_LEVELS = {STOPS: "未测算", "note": "请留意"}


def run_roster(arguments: Namespace) -> int:
    """Assess a list file to file."""
    book = rules_to_answer_by(arguments.bundle, arguments.data_dir)
    if arguments.template:
        export_template(named_destination(arguments, arguments.source, people=False), book)
        write(f"模板已写到 {arguments.source.name}。")
        return DONE
    if arguments.out is None:
        raise UsageError("命令写法不对：缺少要写成的文件；请用 --help 查看写法。")
    if arguments.out.suffix.lower() == PARQUET:
        _require_plain(arguments)
    out, faults, questions = _destinations(arguments)
    if arguments.out.suffix.lower() == PARQUET:
        return _run_columns(arguments.source, out, book)
    wanted = _wanted(arguments, book)
    given = ListAnswers(dict(arguments.column or ()), _answers(arguments.answers))
    totals = Totals()
    try:
        doctor = Doctor(open_table(arguments.source), wanted, book, given)
        results = answer_by_columns(doctor.examine_by_columns(), Assessor(book))
        lines = headings(book, whole_id=arguments.whole_id)
        _write((out, faults), results, totals, lines)
    except QuestionsOpenError as err:
        complain(err.text)
        _hand_out(err, questions)
        return ASKED
    if arguments.year is None:
        write(_year_taken(wanted, book))
    _tell(totals, book)
    for sentence in left_sentences(doctor):
        write(sentence)
    return REFUSED if totals.by_filter[Filter.FAULTY] else DONE


def _require_plain(arguments: Namespace) -> None:
    """See that nothing was asked that a file of facts has no place for.

    Raises:
        UsageError: Something was.
    """
    asked = {
        "--faults": arguments.faults,
        "--whole-id": arguments.whole_id,
        "--column": arguments.column,
        "--word": arguments.word,
        "--questions": arguments.questions,
        "--answers": arguments.answers,
        "--region": arguments.region,
        "--year": arguments.year,
        "--on": arguments.on,
    }
    useless = [word for word, given in asked.items() if given]
    if useless:
        raise UsageError(
            f"parquet 的每一行自己写明情况，不能用 {'、'.join(useless)}，没有测算；请去掉后重试。"
        )


def _destinations(
    arguments: Namespace,
) -> tuple[Destination, Destination | None, Destination | None]:
    """Return all output files, checked before a list is read for hours.

    Raises:
        DestinationRefusedError: One of them may not be written.
    """
    require_apart(arguments.out, arguments.faults, arguments.questions)
    named = (arguments.source, arguments.bundle, arguments.answers)
    reading = tuple(path for path in named if path is not None)
    further = [
        None if path is None else named_destination(arguments, path, people=True, reading=reading)
        for path in (arguments.faults, arguments.questions)
    ]
    out = named_destination(arguments, arguments.out, people=True, reading=reading)
    return out, further[0], further[1]


def _answers(path: Path | None) -> dict[str, str]:
    """Read what somebody answered.

    Raises:
        AnswersError: It cannot be read.
    """
    if path is None:
        return {}
    try:
        return read_answers(read_bounded(path, _LARGEST_ANSWERS, pipes=True))
    except OSError as err:
        raise AnswersError(f"答案文件“{path.name}”无法打开，没有测算；请核对路径和权限。") from err


def _hand_out(open_: QuestionsOpenError, destination: Destination | None) -> None:
    """Write the questions where they were asked for."""
    if destination is None:
        complain("用 --questions 写成文件，填好每处的 answer，再用 --answers 交回。")
        return
    destination.write(questions_file(open_.questions))
    write(f"问题已写到 {destination.path.name}；填好每处的 answer，再用 --answers 交回。")


def _run_columns(source: Path, out: Destination, book: RuleBook) -> int:
    """Assess a Parquet file of facts, where Arrow is installed."""
    try:
        # An extra that is never part of the packaged program.
        from medcounter.roster.arrow import assess_parquet  # noqa: PLC0415 - see above
    except ModuleNotFoundError as err:
        raise PartMissingError("读写 parquet 要另装部件 arrow，没有测算；也可以改用 csv。") from err
    rows, unanswered = assess_parquet(source, out, book)
    write(f"测算 {rows} 行，其中 {unanswered} 行没有结果，原因在 problems 一列。")
    return REFUSED if unanswered else DONE


def _wanted(arguments: Namespace, book: RuleBook) -> Wanted:
    on: date = arguments.on or datetime.now(UTC).astimezone().date()
    region, scheme = arguments.region or "", arguments.scheme
    year = arguments.year
    year = year or year_in_season(region, scheme, book, on)
    return Wanted(on, region, year, scheme, tuple(arguments.word))


def _year_taken(wanted: Wanted, book: RuleBook) -> str:
    """Say which year was taken where none was named, and what else there is."""
    year = wanted.benefit_year
    known = [pair for pair in book.covered(wanted.region) if pair.scheme == wanted.scheme]
    years = sorted(pair.benefit_year for pair in known)
    other = f"（{wanted.region} 已收录 {'、'.join(map(str, years))} 年度）" if years else ""
    return f"没有写年度的，按 {wanted.on} 征缴的 {year} 年度测算；要别的年度用 --year{other}。"


def _write(
    destinations: tuple[Destination, Destination | None],
    results: Iterable[Result | AnsweredRows],
    totals: Totals,
    lines: tuple[Heading, ...],
) -> None:
    out, faults = destinations
    rows = ExportRows(lines)
    with ExitStack() as files:
        put = files.enter_context(writing_rows(out, [(one.text, one.width) for one in lines]))
        note: Put | None = None
        if faults is not None:
            note = files.enter_context(writing_rows(faults, _FAULT_HEADINGS))
        for result in totals.counting(results):
            if isinstance(result, AnsweredRows):
                rows.put_all(result, put)
                continue
            rows.put(result, put)
            if note is not None:
                for finding in result.findings:
                    note(_fault_row(finding))


def _fault_row(finding: Finding) -> tuple[str, str, str, str]:
    return finding.place.shown, finding.code, _LEVELS[finding.level], finding.text


def _tell(totals: Totals, book: RuleBook) -> None:
    whole, faulty = totals.whole, totals.by_filter[Filter.FAULTY]
    write(f"测算 {whole.people} 人，应缴合计 {show_yuan(whole.known)} 元。")
    if len(totals.by_sheet) > 1:
        write(
            "、".join(f"工作表“{name}” {count} 人" for name, count in totals.by_sheet.items())
            + "。"
        )
    if len(totals.by_identity) > 1:
        named = ((book.order.get(code, code), one) for code, one in totals.by_identity.items())
        write("、".join(f"{name} {one.people} 人" for name, one in named) + "。")
    for one in (Filter.WAITS, Filter.LOSES, Filter.GAINS, Filter.UNSETTLED):
        if totals.by_filter[one]:
            write(f"{one.value}：{totals.by_filter[one]} 人。")
    if whole.unknown:
        write(f"没有应缴金额的：{whole.unknown} 人，没有计入合计。")
    if faulty:
        complain(
            f"有 {faulty} 行有问题，没有测算；各处写在结果的“说明”一列，用 --faults 另写一份。"
        )
