"""Why a list cannot be read at all; one class per cause."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class ListError(MedCounterError):
    """名单无法读取，没有导入任何人；请核对文件后重试。"""


class ListMissingError(ListError):
    """没有找到名单文件，没有导入任何人；请核对路径。"""


class ListUnreadableError(ListError):
    """名单文件无法打开，没有导入任何人；请关闭正在使用它的程序，核对权限后重试。"""


class ListKindError(ListError):
    """文件不是能读的名单，没有导入任何人；请另存为 xlsx、xls、ods 或 csv 后重试。"""


class ListLockedError(ListError):
    """名单有打开密码，没有导入任何人；请在表格软件中取消密码后另存，再导入。"""


class ListBrokenError(ListError):
    """名单文件不完整，没有导入任何人；请重新复制或另存一次后再导入。"""


class ListTooLargeError(ListError):
    """名单展开后太大，没有导入任何人；请删去多余的行列，或另存为 csv 后重试。"""


class ListReaderEndedError(ListError):
    """读名单的辅助程序停了下来，没有导入任何人；请在表格软件中打开名单，另存为 csv 后再导入。"""


class ListTooSlowError(ListError):
    """名单很久没有读完，没有导入任何人；请删去多余的行列，或另存为 csv 后重试。"""


class HeadingsDoubledError(ListError):
    """名单左右并排写了两份，没有导入任何人；请把右边的移到左边下面后重试。"""


class ListMixedError(ListError):
    """名单里混有两种文字编码，没有导入任何人；请用表格软件打开，核对后另存为 UTF-8。"""


class ListEmptyError(ListError):
    """名单里没有人，没有导入任何人；请核对是否选错了文件或工作表。"""


class HeadingsMissingError(ListError):
    """名单里没有找到表头，没有导入任何人；请下载模板，或指定各列是什么后重试。"""
