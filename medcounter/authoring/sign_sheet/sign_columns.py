"""The sheets and columns of the table that an office ticks, by their headings."""

from __future__ import annotations

VALUES_SHEET, RESIDENTS_SHEET = "逐项核对", "参保人样本"
TICK, REMARK, MARK = "√/×", "备注", "核对码"
CONTENT, OUTCOME = "内容", "应缴"
TICKED_SIGN, REFUSED_SIGN = "√", "×"
# Heading and width in characters; what is shown stands before what is filled in.
VALUE_COLUMNS = (
    ("分节", 14),
    ("项目", 34),
    (CONTENT, 34),
    ("依据", 30),
    ("疑点", 30),
    (TICK, 7),
    (REMARK, 36),
    (MARK, 10),
)
RESIDENT_COLUMNS = (
    ("参保人", 34),
    ("缴费日", 12),
    ("时段", 30),
    (OUTCOME, 12),
    ("等待期", 28),
    ("享受待遇", 26),
    ("疑点", 20),
    (TICK, 7),
    (REMARK, 36),
    (MARK, 10),
)
# Begins the line that says which draft and which state of it was sent out.
KEY = "审签单标识"
OTHER_REMARKS = "其他意见（表里没有的内容请写在下面）"
EXPLAINED = (
    "请逐行与公告核对：一致的在“√/×”一栏选√，不一致的选×并在备注里写明应为多少。"
    "其余各栏不用改；“核对码”一栏供程序认行，请不要改动或删去。"
)
