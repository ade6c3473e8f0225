"""The first day at a counter: what is to be set up, and how far that has got.

Pure functions of the settings. Changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from medcounter.settings import Settings

HALL, PLACE, PRINTER, ACCESS, PRACTICE = "hall", "place", "printer", "access", "practice"
BEGUN, LEFT = "begun", "left"


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step of the first day.

    Attributes:
        code: Names it in the settings.
        title: What is done.
        why: What for, and how, in a sentence or two.
        act: What its button says.
        done: Whether it was done or passed over.
    """

    code: str
    title: str
    why: str
    act: str
    done: bool


_STEPS = (
    (
        HALL,
        "大厅、窗口和经办人",
        "印在每张通知单上；窗口号是编号的一部分，同一大厅的每个窗口要不同。",
        "去填写",
    ),
    (
        PLACE,
        "参保地",
        "每办理一位居民都先填成它，缴费标准和等待期按它的规则算；拼音、首字母、地名、代码都能找。",
        "去选择",
    ),
    (
        PRINTER,
        "打印机和测试页",
        "选好打印机和纸张，打一张测试页，量一量四边；没有打印机也能办，通知单存为 PDF。",
        "去打印测试页",
    ),
    (
        ACCESS,
        "登录",
        "设了登录，电脑丢了别人也读不出台账；忘了口令用恢复密钥。一个人的小厅可以不设。",
        "去设置登录",
    ),
    (
        PRACTICE,
        "练习办一位",
        "练习和正式办理分开，编号和纸上都写着“练习”，做错了也没有关系；练完按 Ctrl+F12 回来。",
        "去练习",
    ),
)


def guide_steps(settings: Settings, *, signs_in: bool) -> tuple[GuideStep, ...]:
    """Tell how far the first day has got.

    Args:
        settings: Of the counter; the clerk is who signed in.
        signs_in: Whether clerks sign in here.
    """
    found = {
        HALL: bool(settings.hall and settings.clerk),
        PLACE: bool(settings.region),
        ACCESS: signs_in,
    }
    return tuple(
        GuideStep(code, title, why, act, done=found.get(code, False) or code in settings.guide)
        for code, title, why, act in _STEPS
    )


def is_over(settings: Settings, *, signs_in: bool) -> bool:
    """Return whether nothing of the first day is left, or nobody wants to be asked.

    A counter that was set up without the guide needs none.
    """
    steps = {step.code: step.done for step in guide_steps(settings, signs_in=signs_in)}
    needed = steps if settings.guide else (HALL, PLACE)
    return LEFT in settings.guide or all(steps[code] for code in needed)


def with_step(settings: Settings, code: str, *, done: bool) -> Settings:
    """Return the settings with a step marked as done, or as open again."""
    kept = tuple(each for each in settings.guide if each != code)
    return replace(settings, guide=(*kept, code) if done else kept)
