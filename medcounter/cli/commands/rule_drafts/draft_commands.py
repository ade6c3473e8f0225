"""The commands ``authoring …`` that begin, open, give back and list rule drafts."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from medcounter.authoring.document.starting_documents import NewPlaceHead
from medcounter.cli.command import DONE
from medcounter.cli.draft_opening import look_at_draft, open_draft
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import complain, write
from medcounter.desk.authoring.authoring_records import DraftLine
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.desk import Desk
from medcounter.wording.terms import INSURANCES

_NOBODY = "（未写姓名）"


def run_list(arguments: Namespace) -> int:
    """List the drafts, the one changed last first."""
    with open_desk(arguments) as desk:
        lines = desk.authoring.listed()
        read_only = desk.authoring.read_only
    for line in lines:
        write(_words(line))
    write(f"共 {len(lines)} 份草稿。")
    if read_only:
        complain(f"注意：{read_only}")
    return DONE


def run_places(arguments: Namespace) -> int:
    """List the programmes that a draft can start from."""
    word = arguments.word.strip()
    with open_desk(arguments, may_begin=True) as desk:
        places = desk.authoring.starting_places()
    found = [one for one in places if word in f"{one.programme} {one.region} {one.name}"]
    for one in found:
        years = f"{one.first_year}"
        if one.last_year != one.first_year:
            years = f"{one.first_year} 至 {one.last_year}"
        write(f"{one.programme}  {one.region} {one.name}  {INSURANCES[one.scheme]}  {years} 年度")
    write(f"共 {len(found)} 个方案。")
    return DONE


def run_new(arguments: Namespace) -> int:
    """Begin a draft for a place and a year."""
    head = NewPlaceHead(arguments.region, arguments.name, arguments.scheme, arguments.year)
    with open_desk(arguments, may_begin=True) as desk:
        _begun(desk, desk.authoring.begin_new(head, now()))
    return DONE


def run_from(arguments: Namespace) -> int:
    """Begin a draft with a programme of the rules in use."""
    with open_desk(arguments, may_begin=True) as desk:
        _begun(desk, desk.authoring.begin_from(arguments.programme, now()))
    return DONE


def run_import(arguments: Namespace) -> int:
    """Begin a draft for each place that files hold."""
    with open_desk(arguments, may_begin=True) as desk:
        numbers = desk.authoring.take_in(arguments.path, now())
        lines = [line for line in desk.authoring.listed() if line.number in numbers]
    for line in reversed(lines):
        write(f"已导入：{_words(line)}")
    return DONE


def run_open(arguments: Namespace) -> int:
    """Open a draft until it is given back."""
    with open_desk(arguments) as desk:
        draft = desk.authoring.open(arguments.draft, now(), arguments.reason)
        write(
            f"已打开：{_named(draft)}。写完用 medcounter authoring close {arguments.draft} 交还。"
        )
        if news := draft.base_news:
            complain(f"注意：{news}")
            complain(f"有哪些变化，用 medcounter authoring base {arguments.draft} 列出。")
    return DONE


def run_base(arguments: Namespace) -> int:
    """Say what is otherwise since other rules came into use."""
    with open_draft(arguments) as draft:
        news = draft.base_news
        if not news:
            write("这份草稿就写在现行规则上，没有要核对的。")
            return DONE
        write(news)
        for _ in draft.live.working_out():
            pass
        comparison = draft.base_comparison()
        changes = None if comparison is None else comparison()
        if changes is None:
            write("原来的规则包已不在本机，列不出变化；请用 authoring table 逐行核对参保人样本。")
        elif not changes:
            write("参保人样本的结果没有变化。")
        for line in changes or ():
            write(line)
        if arguments.take:
            draft.take_base(now())
            write(_now_at(draft))
    return DONE


def run_close(arguments: Namespace) -> int:
    """Give a draft back."""
    with open_desk(arguments) as desk:
        draft = desk.authoring.open(arguments.draft, now())
        draft.close(now())
        write(f"已交还：{_named(draft)}。")
    return DONE


def run_undo(arguments: Namespace) -> int:
    """Undo the last change of a draft."""
    with open_draft(arguments) as draft:
        done = draft.undo(now())
        write(_now_at(draft) if done else "没有可撤销的改动，草稿不变。")
    return DONE


def run_redo(arguments: Namespace) -> int:
    """Redo what was undone last."""
    with open_draft(arguments) as draft:
        done = draft.redo(now())
        write(_now_at(draft) if done else "没有可重做的改动，草稿不变。")
    return DONE


def run_history(arguments: Namespace) -> int:
    """List what was done to a draft, newest first."""
    with look_at_draft(arguments) as draft:
        for line in draft.history():
            if line.is_lock and not arguments.all:
                continue
            version = "　　　" if line.version is None else f"第 {line.version} 版"
            write(f"{version}  {_time(line.at)}  {line.author or _NOBODY}  {line.words}")
    return DONE


def run_restore(arguments: Namespace) -> int:
    """Make an older version's contents a new version."""
    with open_draft(arguments) as draft:
        draft.restore(arguments.version, now())
        write(f"已改回第 {arguments.version} 版。{_now_at(draft)}")
    return DONE


def run_export(arguments: Namespace) -> int:
    """Write a draft out as a folder of rules."""
    with look_at_draft(arguments) as draft:
        names = draft.export(arguments.folder, now().date())
        write(
            f"已导出到 {arguments.folder}：{'、'.join(names)}。"
            f"可用 medcounter bundle check {arguments.folder} 检查。"
        )
    return DONE


def run_remove(arguments: Namespace) -> int:
    """Take a draft off the list."""
    with open_desk(arguments) as desk:
        draft = desk.authoring.look(arguments.draft)
        desk.authoring.remove(arguments.draft, now())
        write(f"已删去：{_named(draft)}。")
    return DONE


def run_accept(arguments: Namespace) -> int:
    """Let a supervisor accept a drafts file older than the ledger recorded."""
    with open_desk(arguments) as desk:
        desk.authoring.accept(arguments.reason, now())
        write("已确认，规则草稿可以接着编制；原因记在台账里。")
    return DONE


def _begun(desk: Desk, draft: OpenDraft) -> None:
    twins = next(
        line.twins for line in desk.authoring.listed() if line.number == draft.stored.number
    )
    draft.close(now())
    write(f"已新建：{_named(draft)}。")
    if twins:
        complain(
            f"注意：这个地区、险种和年度还有草稿 {'、'.join(str(one) for one in twins)}，"
            "请核对是不是同一件事。"
        )
    if not desk.authoring.may_release:
        complain("注意：没有启用登录，或这是练习，草稿可以编制和试算，不能发布。")


def _named(draft: OpenDraft) -> str:
    stored = draft.stored
    place = stored.place
    return (
        f"草稿 {stored.number}，{stored.title} {place.year} 年度"
        f"{INSURANCES.get(place.scheme, place.scheme)}"
    )


def _now_at(draft: OpenDraft) -> str:
    return f"{_named(draft)}，现在是第 {draft.version} 版。"


def _words(line: DraftLine) -> str:
    who = line.changed_by or _NOBODY
    words = (
        f"{line.number}  {line.region} {line.title}  {INSURANCES.get(line.scheme, line.scheme)}"
        f"  {line.year} 年度  {line.state_label}  {_time(line.changed_at)} {who}：{line.last_words}"
    )
    if line.held_since is not None:
        words += f"  （{line.holder or _NOBODY}从 {_time(line.held_since)} 起打开着）"
    if line.twins:
        words += f"  （另有同一地区和年度的草稿 {'、'.join(str(one) for one in line.twins)}）"
    return words


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
