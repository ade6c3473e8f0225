"""Reasons for refusing a hall's certificate, one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class HallCertificateRefusedError(MedCounterError):
    """本厅的主管证明没有通过核对，没有采用，原来的照旧；请在编制规则的窗口重新导出。"""


class HallCertificateUnreadableError(HallCertificateRefusedError):
    """本厅的主管证明无法读取，没有采用，原来的照旧；请在编制规则的窗口重新导出。"""


class HallCertificateForgedError(HallCertificateRefusedError):
    """主管证明上没有本厅密钥的有效签名，没有采用，原来的照旧；请核对文件的来源。"""


class HallCertificateBrokenError(HallCertificateRefusedError):
    """主管证明前后接不上，可能缺了一份或被换过，没有采用，原来的照旧；请在编制规则的窗口重新导出。"""


class HallPersonTwiceError(HallCertificateRefusedError):
    """主管证明里同一个人或同一把密钥写了两次，没有采用，原来的照旧；每名主管只能列一次。"""


class HallPersonUnvouchedError(HallCertificateRefusedError):
    """主管证明里新加的人没有另一名主管的签名，没有采用，原来的照旧；请由证明上已有的另一名主管登录后加入。"""


class HallKeyMissingError(MedCounterError):
    """本厅还没有自己的密钥，这一步没有做；请主管先用恢复密钥生成（medcounter hall key）。"""


class HallKeyExistsError(MedCounterError):
    """本厅已经有自己的密钥，没有再生成；要换新的，请写明更换（--renew），各窗口要重新核对六个词。"""


class HallWordsDifferError(MedCounterError):
    """输入的六个词与本厅密钥的不同，没有确认；请对照电话里念的重新输入，仍不同的，不要采用这份文件。"""
