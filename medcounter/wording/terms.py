"""Words shared by screen, paper, lists and command line, each written once.

Imports no other package, so that every package may use them.
"""

from __future__ import annotations

ISSUED = "issued"
UNCONFIRMED = "unconfirmed"
VOID = "void"
CORRECTED = "corrected"
# A notice is in one of these; the code is what the ledger keeps.
STATE_WORDS = {
    ISSUED: "已出单",
    UNCONFIRMED: "打印待核对",
    VOID: "已作废",
    CORRECTED: "已更正",
}
TO_ENTER_WORD = "待录入"
ENTERED_WORD = "已录入"

MONTHS = "个月"
DAYS = "天"
YEARS = "年"
# The units of the contract in which a wait is counted.
UNITS = {"month": MONTHS, "day": DAYS, "whole-month": "个整月"}

# A scheme by its code: by itself, as the insurance in a sentence, and where there is little room.
SCHEMES = {"resident": "城乡居民", "flexible": "灵活就业"}
INSURANCES = {"resident": "城乡居民医保", "flexible": "灵活就业人员医保"}
SHORT_SCHEMES = {"resident": "居民", "flexible": "灵活就业"}

UNSETTLED_AMOUNT = "待核定"
