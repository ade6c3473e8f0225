"""What a reader gives becomes a card, or nothing at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.identity.card import Card, read_card

NUMBER = "360103198807121237"
ENDING_IN_X = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (NUMBER, Card(NUMBER)),
        (f" {NUMBER}\r\n", Card(NUMBER)),
        ("11010519491231002x", Card(ENDING_IN_X)),
        ("110105491231002", Card("110105491231002")),
        (
            f"吴建国|男|汉|19880712|江西省南昌市西湖区桃花路1号|{NUMBER}|西湖公安分局",
            Card(NUMBER, "吴建国", "江西省南昌市西湖区桃花路1号"),
        ),
        (f"姓名：吴建国\n性别：男\n公民身份号码：{NUMBER}", Card(NUMBER, "吴建国")),
        (f"{NUMBER},阿依古丽·买买提,女", Card(NUMBER, "阿依古丽·买买提")),
        (
            f'{{"name": "吴建国", "idNumber": "{NUMBER}", "address": "桃花路1号"}}',
            Card(NUMBER, "吴建国", "桃花路1号"),
        ),
        (
            f'{{"code": 0, "data": {{"partyName": "吴建国", "certNumber": "{NUMBER}"}}}}',
            Card(NUMBER, "吴建国"),
        ),
    ],
)
def test_a_card_is_read_in_the_forms_that_readers_give(text: str, card: Card) -> None:
    assert read_card(text) == card


@pytest.mark.parametrize(
    "text",
    [
        "",
        "吴建国",
        "360103198807121230",
        "36010319880712123",
        f"{NUMBER},{ENDING_IN_X}",
        f"{NUMBER}9",
        "6901234567892",
        "{",
        "{}",
        "[]",
        '{"idNumber": 360103198807121237}',
        '{"idNumber": "360103198807121230"}',
        "360103198807121230!",
        # As many as a bridge's answer may hold: deeper than anybody reads.
        '{"data":' * 25_000,
    ],
)
def test_what_is_no_right_number_is_no_card(text: str) -> None:
    assert read_card(text) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    read = read_card(text)
    assert read is None or len(read.id_number) in {15, 18}
