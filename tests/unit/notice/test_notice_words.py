"""Amounts in financial capitals, against a table written from the rule's own text."""

import pytest

from medcounter.money import read_yuan
from medcounter.notice.content.amount_in_words import AmountNotWritableError, amount_in_words

# The rule's own examples (支付结算办法, annex 1) and the counter's own figures. Where the rule
# leaves 零 or 整 free, the table has the form this program has chosen.
TABLE = [
    ("0.00", "零元整"),
    ("0.05", "伍分"),
    ("0.50", "伍角整"),
    ("0.55", "伍角伍分"),
    ("1.00", "壹元整"),
    ("10.00", "壹拾元整"),
    ("10.05", "壹拾元零伍分"),
    ("10.50", "壹拾元伍角整"),
    ("80.00", "捌拾元整"),
    ("100.00", "壹佰元整"),
    ("220.80", "贰佰贰拾元捌角整"),
    ("280.80", "贰佰捌拾元捌角整"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("400.00", "肆佰元整"),
    ("1001.00", "壹仟零壹元整"),
    ("1010.10", "壹仟零壹拾元壹角整"),
    ("1070.00", "壹仟零柒拾元整"),
    ("1409.50", "壹仟肆佰零玖元伍角整"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("3676.80", "叁仟陆佰柒拾陆元捌角整"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("6220.32", "陆仟贰佰贰拾元叁角贰分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("100000.00", "壹拾万元整"),
    ("100005.00", "壹拾万零伍元整"),
    ("107000.53", "壹拾万柒仟元伍角叁分"),
    ("1000000.00", "壹佰万元整"),
    ("20000001.00", "贰仟万零壹元整"),
    ("100000000.00", "壹亿元整"),
    ("100010000.00", "壹亿零壹万元整"),
    ("100007000.00", "壹亿零柒仟元整"),
    ("1000000001.00", "壹拾亿零壹元整"),
    ("1001000000.00", "壹拾亿零壹佰万元整"),
    ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("amount", "words"), TABLE)
def test_an_amount_reads_as_the_rule_writes_it(amount: str, words: str) -> None:
    assert amount_in_words(read_yuan(amount)) == words


@pytest.mark.parametrize("fen", [-1, -40000, 10**14])
def test_an_amount_that_no_notice_can_carry_is_refused(fen: int) -> None:
    with pytest.raises(AmountNotWritableError, match="不能出单"):
        amount_in_words(fen)


def test_the_refusal_names_the_amount() -> None:
    with pytest.raises(AmountNotWritableError, match=r"-400\.00 元"):
        amount_in_words(-40000)
