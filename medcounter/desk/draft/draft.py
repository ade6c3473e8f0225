"""The form exactly as typed so far; parses and judges nothing.

The form is built from :data:`FIELDS`, so labels and problems share names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from medcounter.assess.facts import FACT_LABELS

PAY_NOW = "pay-now"

DraftFieldKind = Literal[
    "choice", "text", "id", "date", "categories", "events", "years", "count", "answers"
]

DraftValue = str | int | tuple[str, ...] | tuple[int, ...] | tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True)
class Carried:
    """The values a draft has from an earlier notice of the same person.

    A notice is not a payment and an identity can end, so each field says
    where it is from until the clerk touches it.

    Attributes:
        number: The notice.
        day: The day it was issued, ISO.
        benefit_year: The year it insures.
        fields: Draft fields still as they were carried; answers dotted.
        served: Pairs of a benefit year and the newest valid notice for it.
    """

    number: str
    day: str
    benefit_year: int
    fields: tuple[str, ...]
    served: tuple[tuple[int, str], ...] = ()

    def without(self, name: str) -> Carried:
        """Return this with one field the clerk has touched left out."""
        return replace(self, fields=tuple(each for each in self.fields if each != name))


@dataclass(frozen=True, slots=True)
class Draft:
    """One resident at the counter, as typed.

    Attributes:
        region: Six-digit code chosen at the top.
        scheme: ``resident`` or ``flexible``.
        benefit_year: The year to be insured.
        name: The resident's name.
        id_number: Text; empty for a newborn without a number.
        birth_date: Text; empty takes it from the number.
        payment_date: Text; empty means the day at the counter.
        categories: Identity codes ticked.
        events: Pairs of event code and date text, in the order added.
        insured_years: Years ticked as insured; None when nothing is known.
        repair_years: Text; empty means none.
        answers: Pairs of answer code and text.
        agent: Who came for the resident; empty when nobody.
        agent_relation: What the agent is to the resident.
        clerk_words: What the clerk adds to the notice in own words.
        option: Code of the option chosen for the notice.
        carried: What it has from an earlier notice; None when nothing.
        replaces: Number of the void notice it corrects; empty for none.
    """

    region: str = ""
    scheme: str = "resident"
    benefit_year: int = 0
    name: str = ""
    id_number: str = ""
    birth_date: str = ""
    payment_date: str = ""
    categories: tuple[str, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    insured_years: tuple[int, ...] | None = None
    repair_years: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    agent: str = ""
    agent_relation: str = ""
    clerk_words: str = ""
    option: str = PAY_NOW
    carried: Carried | None = None
    replaces: str = ""

    def with_(self, name: str, value: DraftValue) -> Draft:
        """Return the draft with one field changed.

        Args:
            name: A field's name, as in :data:`FIELDS`, or ``option``.
            value: In the type that field has.
        """
        change: dict[str, Any] = {name: value}
        return replace(self, carried=self.carried and self.carried.without(name), **change)

    def answer(self, code: str) -> str:
        """Return the text typed for an answer code; empty when none."""
        return dict(self.answers).get(code, "")

    def with_answer(self, code: str, text: str) -> Draft:
        """Return the draft with one answer set, or removed by an empty text."""
        kept = [pair for pair in self.answers if pair[0] != code]
        if text:
            kept.append((code, text))
        carried = self.carried and self.carried.without(f"answers.{code}")
        return replace(self, answers=tuple(sorted(kept)), carried=carried)

    @property
    def fields_to_confirm(self) -> tuple[str, ...]:
        """Name the carried fields that another benefit year puts in question.

        Whether the year of the notice was paid stands in no notice, and aid
        is granted anew.
        """
        carried = self.carried
        if carried is None or self.benefit_year <= carried.benefit_year:
            return ()
        return tuple(name for name in ("categories", "insured_years") if name in carried.fields)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        name: The attribute of :class:`Draft`, and of every problem there.
        label: Its Chinese label.
        hint: A placeholder that shows how to write it.
        kind: What is typed or chosen there.
    """

    name: str
    label: str
    hint: str
    kind: DraftFieldKind


FIELDS: tuple[Field, ...] = (
    Field("region", FACT_LABELS["region"], "输入地名或六位代码", "choice"),
    Field("scheme", FACT_LABELS["scheme"], "城乡居民或灵活就业", "choice"),
    Field("benefit_year", FACT_LABELS["benefit_year"], "要参保的年度", "choice"),
    Field("id_number", "证件号码", "18 位号码；未上户口的新生儿可不填", "id"),
    Field("name", "姓名", "与证件一致", "text"),
    Field("birth_date", FACT_LABELS["birth_date"], "取自证件号码，证件上没有的才填", "date"),
    Field("payment_date", FACT_LABELS["payment_date"], "不填即今天，可写 0905、9月5日", "date"),
    Field("categories", FACT_LABELS["categories"], "不选即普通居民", "categories"),
    Field("events", FACT_LABELS["events"], "如退役、户口迁入，填发生日期", "events"),
    Field("insured_years", FACT_LABELS["insured_years"], "不填即按没有断保处理", "years"),
    Field("repair_years", FACT_LABELS["repair_years"], "几年，愿意补缴的断保年数", "count"),
    Field("answers", FACT_LABELS["answers"], "本地规则要问的问题", "answers"),
    Field("agent", "代办人", "本人办理时不填", "text"),
    Field("agent_relation", "与本人关系", "如 父亲、配偶", "text"),
    Field("clerk_words", "附言", "印在单上，注明是经办人的话；Alt+M 选常用语", "text"),
)
_WRITTEN = {"id", "text", "date", "count"}
# The fields that are typed into, the rest being chosen; in the form's order.
TYPED = tuple(field.name for field in FIELDS if field.kind in _WRITTEN)
