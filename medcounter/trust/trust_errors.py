"""Reasons for distrust, one class per cause; imports no cryptography."""

from __future__ import annotations

from medcounter.errors import MedCounterError

MAX_PACKAGE_BYTES = 20_000_000


class PackageRefusedError(MedCounterError):
    """规则包没有通过核对，没有导入，旧规则继续有效；请向发布单位重新取得规则包。"""

    def __init__(self, what: str | None = None, advice: str = "请向发布单位重新取得规则包") -> None:
        """Build the sentence from its changing parts.

        Args:
            what: What is wrong, without a full stop; the class docstring
                is used when None.
            advice: What to do now, without a full stop.
        """
        super().__init__(what and f"{what}，没有导入，旧规则继续有效；{advice}。")


class PackageTooLargeError(PackageRefusedError):
    """规则包超过 20 MB，没有导入，旧规则继续有效；请核对是否选错了文件。"""


class PackageTruncatedError(PackageRefusedError):
    """规则包不完整（在中途断了），没有导入，旧规则继续有效；请重新拷贝完整的规则包。"""


class PackageUnreadableError(PackageRefusedError):
    """这不是规则包文件，没有导入，旧规则继续有效；请核对是否选错了文件。"""


class PackageUnsignedError(PackageRefusedError):
    """规则包没有签名，没有导入，旧规则继续有效；请向发布单位索取已签名的规则包。"""


class PackageTamperedError(PackageRefusedError):
    """规则包内容与签名不符（可能被改动过），没有导入，旧规则继续有效；请向发布单位重新取得规则包。"""


class UnknownKeyError(PackageRefusedError):
    """规则包不是由本程序认可的单位签发的，没有导入，旧规则继续有效；请核对规则包的来源。"""


class RevokedKeyError(PackageRefusedError):
    """规则包是用已停用的密钥签发的，没有导入，旧规则继续有效；请向发布单位索取用新密钥签发的规则包。"""


class RootsExpiredError(PackageRefusedError):
    """签发单位的公钥已过有效期，没有导入，旧规则继续有效；请先导入发布单位的公钥更新文件。"""


class RootsLostError(PackageRefusedError):
    """签发单位的公钥更新文件不见了，没有导入，旧规则继续有效；请重新导入公钥更新文件。"""


class TooFewSignaturesError(PackageRefusedError):
    """规则包的有效签名不够，没有导入，旧规则继续有效；请向发布单位索取签名齐全的规则包。"""


class WrongPayloadTypeError(PackageRefusedError):
    """这个签名文件装的不是规则，没有导入，旧规则继续有效；请核对是否选错了文件。"""


class NoRootsError(PackageRefusedError):
    """本程序没有装入签发单位的公钥，只能使用随程序带来的规则，没有导入，旧规则继续有效；请向发布单位索取正式版程序。"""


class DemoRootsError(MedCounterError):
    """公钥文件里是只供测试的演示公钥，不能核对规则包，旧规则继续有效；请重新安装正式版程序。"""


class RootsUpdateRefusedError(MedCounterError):
    """公钥更新文件没有通过核对，没有采用，原来的公钥继续有效；请向发布单位重新取得。"""


class RootsUpdateOlderError(RootsUpdateRefusedError):
    """公钥更新文件已经采用过，或比现在的旧，没有改动；不必再导入。"""


class RootsUpdateGapError(RootsUpdateRefusedError):
    """公钥更新文件跳过了中间的版本，没有采用，原来的公钥继续有效；请先导入缺少的那一份。"""


class RootsUpdateTooFewError(RootsUpdateRefusedError):
    """公钥更新文件的签名不够：旧公钥和新公钥都要有足够的签名，没有采用，原来的公钥继续有效；请向发布单位索取签名齐全的文件。"""


class RootsUnreadableError(MedCounterError):
    """签发单位的公钥文件不正确，不能核对规则包，旧规则继续有效；请重新安装本程序。"""


class SigningKeyUnreadableError(MedCounterError):
    """签名私钥文件无法读取，没有签名；请核对文件是不是 Ed25519 私钥（PEM）。"""


class SigningKeyExistsError(MedCounterError):
    """同名的私钥文件已经存在，不会覆盖，没有生成任何私钥；请换一个文件夹。"""


class KeySlotError(MedCounterError):
    """台账的密钥文件无法读取，不能打开台账，没有改动任何数据；请联系技术支持。"""


class KeySlotMissingError(KeySlotError):
    """台账的密钥文件（keyslots.json）和它的副本都不在，不能打开台账，没有改动任何数据；请把密钥文件放回原处，或联系技术支持。"""


class KeySlotDamagedError(KeySlotError):
    """台账的密钥文件（keyslots.json）和它的副本都已损坏，不能打开台账，没有改动任何数据；请从备份中找回密钥文件，或联系技术支持。"""


class KeySlotUnreadableError(KeySlotError):
    """台账的密钥文件（keyslots.json）在，但打不开，不能打开台账，没有改动任何数据；请检查它的权限、是不是被同名文件夹占了位置，或找回密钥文件。"""


class KeySlotNewerError(KeySlotError):
    """台账的密钥文件由更新的程序写成，本程序不认识，没有改动任何数据；请使用新版程序。"""


class SignInNeededError(KeySlotError):
    """台账要登录后才能打开；请输入经办人姓名和口令，或用恢复密钥打开。"""


class RecoveryTextError(MedCounterError):
    """恢复密钥输错了，没有打开；请对照纸上的重新输入。"""


class SecretTooWeakError(MedCounterError):
    """口令太简单，没有保存；请用 10 个以上的字符，例如 4 个词的拼音，或 12 位以上的数字。"""
