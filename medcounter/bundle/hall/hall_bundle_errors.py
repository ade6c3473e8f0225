"""Reasons for refusing a hall's rules, one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class HallRulesRefusedError(MedCounterError):
    """本厅编制的规则没有通过核对，没有生效，原来的规则照旧；请在编制规则的窗口重新导出。"""

    def __init__(self, what: str | None = None, advice: str = "请在编制规则的窗口重新导出") -> None:
        """Build the sentence from its changing parts.

        Args:
            what: What is wrong, without a full stop; the class docstring
                is used when None.
            advice: What to do now, without a full stop.
        """
        super().__init__(what and f"{what}，没有生效，原来的规则照旧；{advice}。")


class HallRulesUnreadableError(HallRulesRefusedError):
    """这不是本厅规则的文件，或文件不完整，没有生效，原来的规则照旧；请重新拷贝完整的文件。"""


class HallRulesTooLargeError(HallRulesRefusedError):
    """本厅规则的文件超过 2 MB，没有生效，原来的规则照旧；请核对是否选错了文件。"""


class HallRulesTamperedError(HallRulesRefusedError):
    """本厅规则的内容与签名不符（签名之后被改动过），没有生效，原来的规则照旧；请编制人和复核人重新签名。"""


class HallRulesHalfSignedError(HallRulesRefusedError):
    """本厅规则还没有编制人和复核人两个人的签名，没有生效，原来的规则照旧；请另一名主管复核后签名。"""


class HallRulesOnePersonError(HallRulesRefusedError):
    """编制人和复核人是同一个人，没有生效，原来的规则照旧；请由另一名主管复核。"""


class HallSignerUnlistedError(HallRulesRefusedError):
    """编制人或复核人不在本厅的主管证明上，没有生效，原来的规则照旧；请由证明上的主管签名，或先把人加入证明。"""


class HallOfOthersError(HallRulesRefusedError):
    """规则是另一个厅编制的，没有生效，原来的规则照旧；请核对是否选错了文件。"""


class HallChangedError(HallRulesRefusedError):
    """这个窗口已经确认过另一把本厅密钥，换成别的要有恢复密钥，没有生效，原来的规则照旧；请从保险柜取出恢复密钥后重试。"""


class HallUnconfirmedError(HallRulesRefusedError):
    """这个窗口还没有确认过本厅的密钥，没有生效，原来的规则照旧；请主管在这个窗口核对六个词后确认一次。"""


class HallPersonRemovedError(HallRulesRefusedError):
    """编制人或复核人已从本厅的主管证明中去掉，签名不再有效，没有生效，原来的规则照旧；请由现在的主管重新签名。"""


class HallPersonUnconfirmedError(HallRulesRefusedError):
    """编制人或复核人是后来加入证明的，这个窗口还没有确认，没有生效，原来的规则照旧；请主管在这个窗口确认后重试。"""


class HallCertificateOtherError(HallRulesRefusedError):
    """文件里的主管证明与这个窗口记下的不是一条线上的，没有生效，原来的规则照旧；请向编制规则的窗口核实，本厅密钥可能泄露。"""


class HallRulesOlderError(HallRulesRefusedError):
    """本厅规则比这个窗口用过的旧，没有生效，原来的规则照旧；请用最新的文件。"""


class HallRevisionClashError(HallRulesRefusedError):
    """本厅规则与这个窗口记下的版本号相同而内容不同，没有生效，原来的规则照旧；请向编制规则的窗口核实。"""


class HallBaseNewerError(HallRulesRefusedError):
    """本厅规则是在更新的规则包上编制的，没有生效，原来的规则照旧；请先在这个窗口导入更新的规则包。"""


class HallBaseOtherError(HallRulesRefusedError):
    """本厅规则是在另一个单位的规则包上编制的，没有生效，原来的规则照旧；请核对是否选错了文件。"""


class HallRulesNationError(HallRulesRefusedError):
    """本厅不能编制全国的规则，没有生效，原来的规则照旧；请只编制本地的规则。"""


class HallRulesCoveredError(HallRulesRefusedError):
    """这个地区和年度已有发布单位的规则，本厅的不能代替，没有生效，原来的规则照旧；有出入的，请告诉发布单位。"""


class HallRulesAboveOfficeError(HallRulesRefusedError):
    """这个地区下面有发布单位的规则，本厅的规则会改变它们，没有生效，原来的规则照旧；请只编制没有规则的下级地区。"""


class HallRulesEmptyError(HallRulesRefusedError):
    """本厅规则里没有任何地区的规则，没有生效，原来的规则照旧；请编制后重新签名。"""


class HallRulesOnePlaceError(HallRulesRefusedError):
    """本厅规则一次只能编制一个地区、一个险种、一个年度，没有生效，原来的规则照旧；请分开编制。"""


class HallRulesOutsideError(HallRulesRefusedError):
    """本厅规则里写了别的地区的名称或算例，没有生效，原来的规则照旧；请删去后重新签名。"""


class HallRulesUnprovenError(HallRulesRefusedError):
    """本厅规则没有通过检查（有缺口、重叠或算例不符），没有生效，原来的规则照旧；请改正后重新签名。"""


class HallRulesBackdatedError(HallRulesRefusedError):
    """按新规则，已经出的通知单会有出入，没有生效，原来的规则照旧；请从更晚的一天起生效。"""


class HallRulesDelayedError(HallRulesRefusedError):
    """推后使用两名主管签了名的规则要由主管决定，没有生效，原来的规则照旧；请主管登录后再采用。"""


class HallRulesUnsignedDeskError(HallRulesRefusedError):
    """这个窗口没有启用登录，本厅规则只能用于练习，没有生效，原来的规则照旧；请先启用登录。"""
