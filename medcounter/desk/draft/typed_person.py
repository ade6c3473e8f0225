"""Parse the person of a draft from number, name and birth date.

Returns a record, how dates were understood, and what is wrong; never raises
for any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from medcounter.assess.facts import Problem
from medcounter.dates import OLDEST_USUAL, DateUnreadableError, full_years
from medcounter.desk.draft.draft import Draft
from medcounter.identity.id_number import IdFault, IdNumber, mask, read_id
from medcounter.identity.names import LONGEST_NAME, read_name
from medcounter.typed.typed_date import read_typed_date, show_date
from medcounter.typed.typed_text import quote


class Echo(NamedTuple):
    """How a typed text was understood, shown beside its field.

    Attributes:
        field: A draft field, dotted for events: ``events.0.date``.
        text: For example ``2025年3月5日 星期三``.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """The person at the counter, as far as the texts identify them.

    Attributes:
        name: Trimmed; may be empty.
        id_number: Cleaned number; empty when none that can be used was typed.
        id_masked: The same with all but the ends starred.
        birth_date: From its field, else from the number; None if unknown.
        sex: ``男``, ``女`` or empty.
        age: Full years on the day at the counter; None if unknown.
        area: Name of the province in the number; empty if unknown.
        line: All that in one line: ``男 · 36 岁 · 江西省``; may be empty.
        notes: Sentences the clerk should see; none of them blocks.
        insisted: Whether the clerk took a number that fails its check.
    """

    name: str
    id_number: str
    id_masked: str
    birth_date: date | None
    sex: str
    age: int | None
    area: str
    line: str
    notes: tuple[str, ...]
    insisted: bool


class ReadPerson(NamedTuple):
    """A person with the echoes and problems of parsing."""

    person: TypedPerson
    echoes: tuple[Echo, ...]
    problems: tuple[Problem, ...]


def read_person(draft: Draft, on: date) -> ReadPerson:
    """Read who a draft describes on a day."""
    read = read_id(draft.id_number)
    number = read if isinstance(read, IdNumber) else None
    problems = [Problem("id_number", read.code, read.text)] if isinstance(read, IdFault) else []
    echoes = []
    birth = number.birth_date if number else None
    if draft.birth_date.strip():
        try:
            typed = read_typed_date(draft.birth_date, on)
        except DateUnreadableError as err:
            problems.append(Problem("birth_date", "not-a-date", f"出生日期：{err.text}"))
            birth = None
        else:
            echoes.append(Echo("birth_date", show_date(typed)))
            if birth is not None and birth != typed:
                problems.append(_contradiction(typed, birth))
            birth = typed
    elif birth is not None:
        echoes.append(Echo("birth_date", f"{show_date(birth)}，取自证件号码"))
    name = read_name(draft.name)
    if name.too_long:
        text = f"姓名超过 {LONGEST_NAME} 个字，不能出单，请核对。"
        problems.append(Problem("name", "out-of-range", text))
    if name.fault:
        problems.append(Problem("name", "not-a-name", name.fault))
    age = full_years(birth, on) if birth is not None and birth <= on else None
    person = TypedPerson(
        name=name.text,
        id_number=number.text if number else "",
        id_masked=mask(number.text, on) if number else "",
        birth_date=birth,
        sex=number.sex if number else "",
        age=age,
        area=number.area if number else "",
        line=_line(number, birth, on),
        insisted=number.overridden if number else False,
        notes=(*_number_notes(draft.id_number, read), *name.notes, *_age_notes(age)),
    )
    return ReadPerson(person, tuple(echoes), tuple(problems))


def _contradiction(typed: date, numbered: date) -> Problem:
    text = (
        f"填写的出生日期 {show_date(typed)} 与证件号码中的 {show_date(numbered)} 不一致，"
        "请核对证件后改正其中一处。"
    )
    return Problem("birth_date", "contradiction", text)


def _line(number: IdNumber | None, birth: date | None, on: date) -> str:
    parts = [number.sex if number else "", _age(birth, on), number.area if number else ""]
    return " · ".join(part for part in parts if part)


def _age(birth: date | None, on: date) -> str:
    if birth is None or birth > on:
        return ""
    years = full_years(birth, on)
    # The waits of newborns are counted in days, so the clerk needs them.
    return f"{years} 岁" if years else f"出生第 {(on - birth).days} 天"


def _number_notes(typed: str, read: IdNumber | IdFault | None) -> tuple[str, ...]:
    if isinstance(read, IdNumber):
        return read.notes
    if read is None and typed.strip():
        return (f"证件号码{quote(typed)}按没有号码办理。",)
    return ()


def _age_notes(age: int | None) -> tuple[str, ...]:
    if age is not None and age > OLDEST_USUAL:
        return (f"按出生日期已有 {age} 岁，请核对。",)
    return ()
