"""A sentence's blanks are named where nobody's case fills them."""

from medcounter.rules.rule import PLACEHOLDERS
from medcounter.wording.blank_words import said_without_case


def test_every_blank_of_the_language_has_a_name() -> None:
    for blank in PLACEHOLDERS:
        said = said_without_case(f"缴 {{{blank}}} 元。")
        assert said.startswith("缴 〔")
        assert blank not in said


def test_what_is_no_blank_of_the_language_is_shown_as_it_is_written() -> None:
    assert said_without_case("缴 {sum} 元，") == "缴 〔sum〕 元，"
    assert said_without_case("缴 400 元。") == "缴 400 元。"
