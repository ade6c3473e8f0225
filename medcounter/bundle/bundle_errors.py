"""Why a correctly signed bundle is rejected nonetheless."""

from __future__ import annotations

from medcounter.errors import MedCounterError
from medcounter.trust.trust_errors import PackageRefusedError


class BundleOlderError(PackageRefusedError):
    """规则包比本机用过的旧，没有导入，旧规则继续有效；请向发布单位索取最新的规则包。"""


class BundleRevisionClashError(PackageRefusedError):
    """规则包与本机现有规则版本号相同而内容不同，没有导入，旧规则继续有效；请向发布单位核实。"""


class BundleOfOtherPublisherError(PackageRefusedError):
    """规则包不是本机所用规则的后续版本，没有导入，旧规则继续有效；请核对是否选错了文件。"""


class PackageFileError(PackageRefusedError):
    """规则包文件无法读取，没有导入，旧规则继续有效；请检查 U 盘或文件夹后重试。"""


class ShippedBundleDamagedError(MedCounterError):
    """随程序带来的规则已损坏或被改动过，不能测算；请重新安装本程序。"""
