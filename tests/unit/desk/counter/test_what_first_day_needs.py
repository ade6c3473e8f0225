"""The first day: what was set is done, what was passed over is not asked again."""

from pathlib import Path

from medcounter.desk.counter.first_day import guide_steps, is_over, with_step
from medcounter.settings import Settings, load_settings, save_settings

SET_UP = Settings(hall="临川区政务服务中心", clerk="王丽", region="360000")


def done(settings: Settings, *, signs_in: bool = False) -> list[str]:
    return [step.code for step in guide_steps(settings, signs_in=signs_in) if step.done]


def test_nothing_is_done_at_a_counter_that_was_never_set_up() -> None:
    assert done(Settings()) == []
    assert not is_over(Settings(), signs_in=False)


def test_what_stands_in_the_settings_is_done_without_being_ticked() -> None:
    assert done(SET_UP, signs_in=True) == ["hall", "place", "access"]


def test_a_step_passed_over_is_kept_and_can_be_taken_up_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, with_step(SET_UP, "printer", done=True))
    kept, problems = load_settings(path)
    assert problems == ()
    assert done(kept) == ["hall", "place", "printer"]
    assert done(with_step(kept, "printer", done=False)) == ["hall", "place"]


def test_it_is_over_when_all_is_done_or_when_nobody_wants_it() -> None:
    last = with_step(with_step(SET_UP, "printer", done=True), "practice", done=True)
    assert not is_over(last, signs_in=False)
    assert is_over(last, signs_in=True)
    assert is_over(with_step(Settings(), "left", done=True), signs_in=False)


def test_a_counter_set_up_without_the_guide_is_not_asked_but_one_that_began_it_is() -> None:
    assert is_over(SET_UP, signs_in=False)
    assert not is_over(with_step(SET_UP, "begun", done=True), signs_in=False)


def test_a_step_nobody_knows_is_named_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "guide": ["dancing"]}', encoding="utf-8")
    kept, problems = load_settings(path)
    assert kept.guide == ()
    assert len(problems) == 1
