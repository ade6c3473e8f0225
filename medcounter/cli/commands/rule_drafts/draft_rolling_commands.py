"""The commands ``authoring …`` that roll last year's rules forward and confirm them."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import replace

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.path_text import path_of_text, path_text
from medcounter.authoring.rolling.roll_records import (
    ExampleProposal,
    NewSource,
    RollAnswer,
    RollQuestion,
)
from medcounter.cli.command import DONE, UsageError
from medcounter.cli.draft_opening import look_at_draft, open_draft
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import complain, write
from medcounter.desk.authoring.draft_rolling import DraftRolling
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.authoring.rule_rolling import RollPlan, usual_source


def run_roll(arguments: Namespace) -> int:
    """Ask what only the new announcement can tell, or begin the new year's draft."""
    with open_desk(arguments, may_begin=True) as desk:
        plan = desk.authoring.roll_plan(arguments.programme, arguments.year)
        for note in plan.notes:
            complain(f"注意：{note}")
        if arguments.ask:
            _write_questions(plan.questions)
            return DONE
        answers = _answers(plan, arguments.answer)
        draft = desk.authoring.roll_forward(plan, answers, _new_source(arguments, plan), now())
        write(f"已沿用到 {plan.to_year} 年度：草稿 {draft.stored.number}。")
        _write_left(draft)
        draft.close(now())
    return DONE


def run_questions(arguments: Namespace) -> int:
    """Answer what is still asked, or list it with what nobody confirmed."""
    if not arguments.answer:
        with look_at_draft(arguments) as draft:
            roll = DraftRolling(draft)
            _write_questions(roll.questions)
            for record in roll.carried:
                write(f"待确认  {record.mark.label}  [{path_text(draft.document, record.path)}]")
            _write_left(draft)
        return DONE
    with open_draft(arguments) as draft:
        for key, text in _pairs(arguments.answer):
            DraftRolling(draft).answer(key, text, now())
            write(draft.history()[0].words)
        _write_left(draft)
    return DONE


def run_confirm(arguments: Namespace) -> int:
    """Confirm one record against the new announcement."""
    with open_draft(arguments) as draft:
        path = path_of_text(draft.document, arguments.path)
        DraftRolling(draft).confirm(path, arguments.clause, now())
        write(draft.history()[0].words)
    return DONE


def run_examples(arguments: Namespace) -> int:
    """List last year's examples worked out anew, or take or leave some of them."""
    if not arguments.example:
        with look_at_draft(arguments) as draft:
            for one in DraftRolling(draft).examples:
                write(_proposal_words(one))
        return DONE
    with open_draft(arguments) as draft:
        roll = DraftRolling(draft)
        if arguments.dismiss:
            roll.dismiss_examples(arguments.example, now())
        else:
            roll.accept_examples(arguments.example, now())
        write(draft.history()[0].words)
        _write_left(draft)
    return DONE


def _proposal_words(one: ExampleProposal) -> str:
    """Describe where a proposal differs from last year's value moved a year."""
    if one.refused:
        return f"！{one.id}  不能测算：{one.refused}"
    changes = [
        f"{value.field} {_shown(value.moved)} → {_shown(value.new)}"
        for value in one.values
        if value.differs
    ]
    mark = "！" if one.differs else "　"
    what = "；".join(changes) or "数与上一年度相同"
    return f"{mark}{one.id}  {one.facts['payment_date']} 缴费  {what}"


def _shown(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _answers(plan: RollPlan, words: Iterable[str]) -> dict[str, RollAnswer]:
    answers = {}
    for key, text in _pairs(words):
        answer = plan.answer(key, text)
        if answer is None:
            raise UsageError(
                f"没有“{key}”这个问题，没有沿用；先用 authoring roll --ask 列出要问的。"
            )
        answers[key] = answer
    return answers


def _pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        key, between, text = word.partition("=")
        if not between:
            raise UsageError(f"“{word}”应写成 问题=答案，例如 amount-400.00=430；没有改动。")
        # What is left as last year is typed as an equals sign of its own.
        yield key.strip(), text or "="


def _new_source(arguments: Namespace, plan: RollPlan) -> NewSource:
    usual = usual_source(plan.last_year, plan.to_year, now().date())
    return replace(
        usual,
        title=arguments.title or usual.title,
        publisher=arguments.publisher or usual.publisher,
        grade=arguments.grade,
        published=None if arguments.published is None else arguments.published.isoformat(),
    )


def _write_questions(questions: Iterable[RollQuestion]) -> None:
    for question in questions:
        write(f"{question.key}  {question.text}  {question.why}")


def _write_left(draft: OpenDraft) -> None:
    roll = DraftRolling(draft)
    write(
        f"还没有回答的 {len(roll.questions)} 个问题，沿用来、还没有照新公告确认的 "
        f"{len(roll.carried)} 处，重算待采用的算例 {len(roll.examples)} 个。"
    )
