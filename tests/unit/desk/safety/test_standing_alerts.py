"""What stands at a counter is said until it is resolved or put aside."""

from medcounter.desk.safety.alerts import OPEN_WAITING, Observations, current_alerts
from tests.support.store.store_samples import AT


def test_rules_of_the_hall_that_are_used_no_more_are_told_at_the_counter() -> None:
    said = "云溪县 2027 年度的本厅规则停用：已有发布单位的规则。"
    (alert,) = current_alerts(Observations(dropped=(said,)), AT)
    assert (alert.kind, alert.text, alert.may_wait) == ("dropped", said, True)
    assert current_alerts(Observations(), AT) == ()


def test_who_signs_in_is_told_which_drafts_wait_for_the_second_signature() -> None:
    waiting = ("云溪县（虚构） 2027 年度", "余姚市 2027 年度")
    (alert,) = current_alerts(Observations(to_sign=waiting), AT)
    assert alert.text == "有 2 份规则草稿等您复核签名：云溪县（虚构） 2027 年度、余姚市 2027 年度。"
    assert [one.name for one in alert.acts] == [OPEN_WAITING]
    assert alert.may_wait
