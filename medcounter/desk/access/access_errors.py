"""Why a sign-in or an act is refused, one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class SignInRefusedError(MedCounterError):
    """姓名或口令不对，没有登录；请核对大小写和输入法后重试。"""

    def __init__(self, text: str | None = None, seconds: int = 0) -> None:
        """Say why, and for how long nobody need try again.

        Args:
            text: The sentence; the class docstring when None.
            seconds: To wait before the next try; 0 for none.
        """
        self.seconds = seconds
        super().__init__(text)


class OwnSecretWrongError(SignInRefusedError):
    """口令不对，没有签名，草稿不变；请核对大小写和输入法后重输。"""


class OwnSecretMissingError(MedCounterError):
    """签名要本人当场再输一次口令，没有签名，草稿不变；请由登录的人输入自己的口令后再签。"""


class RecoveryUntestedError(MedCounterError):
    """恢复密钥还没有核对成功，登录没有启用，原有数据不变；请把打印出来的恢复密钥原样输入一遍。"""


class RecoveryRefusedError(MedCounterError):
    """恢复密钥写法正确，但不是这个台账的，没有打开；请找出启用登录时打印的那一张。"""


class ClerkInvalidError(MedCounterError):
    """经办人的姓名或角色不能用，没有保存；请改正后重试。"""


class SupervisorMissingError(MedCounterError):
    """至少要有一名主管，没有保存；请先指定一名主管。"""


class SupervisorNeededError(MedCounterError):
    """这一步要主管同意，没有做，已有数据不变；请主管输入姓名和口令。"""


class AuditorLooksOnlyError(MedCounterError):
    """审计人员只能查看、核对和导出，这一步没有做，已有数据不变；请由经办人员办理。"""


NO_BACKUPS = (
    "审计人员只能查看给审计人员的副本，口令打不开备份，这一步没有做，没有改动任何数据；"
    "请由经办人或主管登录后办理。"
)


class SignInOnError(MedCounterError):
    """这个台账已经启用登录，这一步没有做，没有改动任何数据；请登录后在设置中更改。"""


class SignInOffError(MedCounterError):
    """这个台账没有启用登录，这一步没有做；请先在设置中启用登录。"""


class SlotsOlderError(MedCounterError):
    """密钥文件比台账记下的旧，可能被换回了旧文件，没有打开，没有改动任何数据；请把最新的密钥文件放回原处，或用恢复密钥打开。"""


class SigningKeyUnknownError(MedCounterError):
    """台账中没有登记您的签名密钥，没有打开，没有改动任何数据；恢复过备份的，请主管重设您的口令，主管本人请用恢复密钥打开后重设；没有恢复过备份的，请告诉技术支持。"""
