"""Reasons for refusing to write rules, one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class PlaceCodeError(MedCounterError):
    """地区代码应是六位数字，没有新建草稿；请核对后重试。"""


class PlaceNameMissingError(MedCounterError):
    """全国地区表里没有这个代码，又没有写名称，没有新建草稿；请写上地区名称。"""


class YearWithoutNationError(MedCounterError):
    """现行规则里没有这个年度的全国规则，没有新建草稿；请先由编制全国规则的单位续写这个年度。"""


class PlaceUnsaidError(MedCounterError):
    """文件里没有写明是哪个地区、险种和待遇年度的规则，没有导入；请核对是否选错了文件。"""


class DraftUnreadableError(MedCounterError):
    """这份草稿由另一版程序写成，本程序读不懂，没有打开，草稿不变；请使用写它的那一版或更新的程序。"""
