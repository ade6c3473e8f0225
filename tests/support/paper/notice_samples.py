"""Assessments for the notice's tests, written by hand from the worked cases.

Figures and dates are those of the worked cases named at each sample; nothing
here was taken from the engine.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from medcounter.assess.assessment import (
    Advice,
    Assessment,
    Citation,
    Coverage,
    Doubt,
    Fee,
    FeeLine,
    Hint,
    Region,
    Remark,
    Stamp,
    Step,
    Wait,
    Window,
)
from medcounter.assess.facts import Facts
from medcounter.assess.options import Option
from medcounter.notice.content.composing import compose
from medcounter.notice.content.notice import Issue, Notice, Office, Party

CHINA = timezone(timedelta(hours=8))
AT = datetime(2025, 3, 5, 14, 32, 7, tzinfo=CHINA)
NUMBER = "2025-03-000127"
OFFICE = Office("抚州市临川区政务服务中心", "03", "王丽")
PARTY = Party("吴建国", "360102199003071234")
STAMP = Stamp("medcounter-rules", 7, "3f9a21c0" * 8, signed=True, engine="1", facts_sha256="0" * 64)
NOTICE_2025 = "jiangxi-2025"
LATE = Window("late", date(2025, 3, 1), date(2025, 12, 31), "集中征缴期以外")
MAIN = Window("main", date(2024, 9, 15), date(2025, 2, 28), "集中征缴期")
WHOLE_YEAR = Coverage(date(2025, 1, 1), date(2025, 12, 31))
CITATIONS = (
    Citation(NOTICE_2025, "江西省2025年度城乡居民医保缴费公告", "江西省", "A", None, None),
    Citation("state-council-2024-38", "国办发〔2024〕38号", "国务院办公厅", "A", None, None),
    Citation("fuzhou-page", "抚州断缴补缴说明", "转载网页", "C", None, None),
)


def step(question: str, text: str, clause: str, source: str = NOTICE_2025) -> Step:
    grade = next(citation.grade for citation in CITATIONS if citation.id == source)
    return Step(
        question, question, f"rule-{question}", text, source, clause, grade, "confirmed", ()
    )


WINDOW_LATE = step("window", "集中征缴期 2025-02-28 结束,这天在期外。", "一·02")
WINDOW_MAIN = step("window", "在集中征缴期内。", "一·02")
STANDARD = step("standard", "普通居民个人缴费标准每人 400.00 元。", "一·01")
CONCESSION = step("concession", "城乡低保对象个人缴 80.00 元,其余由医疗救助资助。", "一·01")
FIXED = step("fixed-wait", "期外缴费,固定等待 3 个月。", "一·02")
START = step("wait-start", "自缴费之日起算。", "一·02")
AFTER = step("after-wait", "等待期满的次日起享受待遇。", "一·02")
END = step("cover-end", "待遇到 2025-12-31 为止。", "一·02")
NEWBORN = step("exemption", "出生 90 天内缴费,自出生之日起享受待遇,没有等待期。", "一·03")
AIDED = step("exemption", "医疗救助对象不设等待期,缴费次日起享受待遇。", "一·03")
ADMISSION = Remark(
    "admission-date-decides", "info", "住院以入院日期为准:等待期内入院的,整次住院费用自付。"
)
CHANNELS = (
    Advice(
        "channel",
        "wechat-nhsa",
        "“江西医疗保障”公众号",
        "底部“微服务”选“居民参保缴费”,按提示缴费。",
        NOTICE_2025,
        "A",
    ),
    Advice(
        "channel",
        "wechat-tax",
        "“江西省税务局”公众号",
        "“税费服务”选“我要缴费”,经人脸识别后填写缴费人。",
        NOTICE_2025,
        "A",
    ),
    Advice(
        "channel",
        "wechat-life",
        "微信生活缴费",
        "“服务”进“生活缴费”,选“社保医保”和参保地市。",
        NOTICE_2025,
        "A",
    ),
    Advice(
        "channel", "alipay", "支付宝赣服通", "“赣服通”进“缴费”,选“社保缴费”。", NOTICE_2025, "A"
    ),
    Advice("channel", "unionpay", "云闪付", "搜索“江西社保缴费”小程序。", NOTICE_2025, "A"),
    Advice("channel", "counter", "税务窗口", "微信、支付宝、刷卡或现金。", NOTICE_2025, "A"),
)
DOCUMENTS = (Advice("document", "id-card", "身份证或社保卡", "", NOTICE_2025, "A"),)
PAYERS = (
    Advice(
        "payer",
        "family",
        "江西职工医保个人账户(“江西医疗保障”公众号、智慧医保APP、赣服通、网厅)",
        "",
        NOTICE_2025,
        "A",
    ),
)


def fee(standard: int | None, aid: int = 0, *, subsidy: int | None = 67000) -> Fee:
    lines = [FeeLine("standard-2025", "2025 年度个人缴费", standard)]
    if aid:
        lines.append(FeeLine("aid-low-income", "城乡低保对象资助", -aid))
    left = None if standard is None else standard - aid
    return Fee(left, standard, None if standard is None else aid, left, 0, subsidy, tuple(lines))


LATE_0305 = Assessment(
    region=Region("360000", "江西省"),
    scheme="resident",
    benefit_year=2025,
    payable=True,
    window=LATE,
    next_window=None,
    category="ordinary",
    category_label="普通居民",
    exemption=None,
    lapsed_years=0,
    fee=fee(40000),
    wait=Wait(date(2025, 3, 5), date(2025, 6, 4), 3, 0, 0, 3, "month"),
    coverage=Coverage(date(2025, 6, 5), date(2025, 12, 31)),
    incentive=None,
    remarks=(ADMISSION,),
    doubts=(),
    steps=(WINDOW_LATE, STANDARD, FIXED, START, AFTER, END),
    hints=(
        Hint(
            "payment_date",
            date(2025, 2, 28),
            "2025-02-28 及以前缴费：应缴 ¥400.00，没有等待期，2025-01-01 起享受待遇。",
        ),
        Hint(
            "payment_date",
            date(2025, 10, 1),
            "2025-10-01 起缴费：应缴 ¥400.00，有等待期，本年度没有待遇。",
        ),
    ),
    advice=(*CHANNELS, *PAYERS, *DOCUMENTS),
    citations=CITATIONS,
    stamp=STAMP,
)
IN_WINDOW = replace(
    LATE_0305,
    window=MAIN,
    wait=None,
    coverage=WHOLE_YEAR,
    remarks=(),
    steps=(WINDOW_MAIN, STANDARD, END),
    hints=(
        Hint(
            "payment_date",
            date(2025, 3, 1),
            "2025-03-01 起缴费：应缴 ¥400.00，有等待期，2025-06-01 起享受待遇。",
        ),
    ),
)
NEWBORN_DAY_59 = replace(
    LATE_0305,
    fee=fee(None)._replace(subsidy=67000),
    exemption="newborn",
    wait=None,
    coverage=WHOLE_YEAR,
    remarks=(),
    doubts=(
        Doubt(
            "fee.total",
            "unsettled",
            "公告只说新生儿“按照有关规定执行”,没有给出缴费金额,以经办机构核定为准。",
            None,
            None,
            "newborn-fee",
        ),
    ),
    steps=(WINDOW_LATE, STANDARD, NEWBORN, END),
    hints=(
        Hint(
            "payment_date", date(2025, 4, 2), "2025-04-02 起缴费：没有等待期，缴费次日起享受待遇。"
        ),
    ),
)
LOW_INCOME = replace(
    LATE_0305,
    category="low-income",
    category_label="城乡低保对象",
    exemption="low-income",
    fee=fee(40000, 32000),
    wait=None,
    coverage=Coverage(date(2025, 3, 16), date(2025, 12, 31)),
    remarks=(),
    steps=(WINDOW_LATE, STANDARD, CONCESSION, AIDED, END),
    hints=(),
)
NO_COVER = replace(
    LATE_0305,
    wait=Wait(date(2025, 10, 1), date(2025, 12, 31), 3, 0, 0, 3, "month"),
    coverage=None,
    remarks=(
        ADMISSION,
        Remark(
            "no-cover-this-year",
            "warning",
            "等待期结束后 2025 年度已无剩余日子,缴费后本年度没有医保待遇,请当面说明。",
        ),
    ),
    hints=(),
)
FLEXIBLE = replace(
    LATE_0305,
    region=Region("610400", "咸阳市"),
    scheme="flexible",
    category_label="在职灵活就业人员",
    window=Window("main", date(2024, 1, 1), date(2024, 12, 31), "缴费期"),
    fee=Fee(
        367680,
        367680,
        0,
        367680,
        0,
        None,
        (
            FeeLine("basic", "基本医疗保险", 345600),
            FeeLine("large", "大额医疗补助", 17280),
            FeeLine("serious", "大病保险", 4800),
        ),
    ),
    wait=None,
    coverage=WHOLE_YEAR,
    remarks=(),
    hints=(),
    advice=(),
)
LATE_FACTS = Facts("360000", 2025, date(2025, 3, 5))


def option(
    assessment: Assessment,
    paid: date,
    code: str = "pay-now",
    label: str = "现在缴费",
    **more: int,
) -> Option:
    facts = replace(LATE_FACTS, payment_date=paid, benefit_year=assessment.benefit_year)
    return Option(
        code, label, facts, assessment, more.get("extra_cost", 0), more.get("extra_days", 0)
    )


def notice(
    assessment: Assessment = LATE_0305,
    paid: date = date(2025, 3, 5),
    *,
    party: Party = PARTY,
    number: str | None = NUMBER,
    others: tuple[Option, ...] = (),
) -> Notice:
    """Compose the notice of an assessment as the desk would."""
    chosen = option(assessment, paid)
    return compose(chosen, (chosen, *others), party, OFFICE, Issue(AT, number))


LONG_PARTY = Party(
    "阿卜杜热合曼·买买提依明·艾则孜·吐尔逊江·阿不都克里木",
    "650102198001011234",
    agent="迪丽努尔·阿卜杜热合曼",
    relation="女儿",
    household="抚州市临川区青云街道荆公路社区居民委员会第三网格阿卜杜热合曼·买买提依明户",
)
