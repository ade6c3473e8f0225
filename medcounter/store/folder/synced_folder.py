"""Detect whether a sync client copies a folder to other machines.

Returns the folder that gives it away, if any. Looks at names only; opens no
file. Sources: the clients' default folders; a client may be configured to use
another one, which is recognised only by the marks it leaves.
"""

from __future__ import annotations

import fnmatch
import os
import re
from pathlib import Path, PurePath

from medcounter.files import is_visible, make_folder, write_durably

# Whoever put this into a data folder knows that it is copied elsewhere.
ACCEPTED = "synced-here.txt"
_SAID = "这个数据文件夹在会自动同步的文件夹里；知道同步可能损坏台账、泄露个人信息，仍然放在这里。\n"
# Names that are these or begin with them and go on with a space, a sign or a digit.
_LATIN = (
    "onedrive", "dropbox", "icloud", "icloud drive", "iclouddrive", "com~apple~clouddocs",
    "google drive", "googledrive", "my drive", "nutstore", "nutstore files", "baidusyncdisk",
    "baidunetdiskworkspace", "wpsdrive", "wps cloud files", "kingsoft cloud", "weiyun",
    "aliyundrive", "adrive", "ecloud", "mcloud", "115sync", "360cloud", "360clouddrive",
    "fangcloud", "fangcloudv2", "gokuai", "lenovobox", "huawei cloud", "huaweicloud", "wedrive",
    "feishu drive", "lark drive", "dingtalk drive", "nextcloud", "owncloud", "syncthing",
    "resilio sync", "btsync", "seafile", "synologydrive", "synology drive", "cloudstation",
    "cloud station", "qsync", "box sync", "megasync", "megasync downloads", "pcloud drive",
    "pclouddrive", "pcloudsync", "pcloud sync", "yandex.disk", "yandexdisk", "tresorit",
    "sugarsync", "spideroak hive", "creative cloud files", "proton drive", "protondrive",
    "amazon drive", "jottacloud", "hidrive", "egnyte drive", "koofr", "filen", "internxt",
)  # fmt: skip
# Words that mean other things too: only the whole name counts.
_WHOLE = frozenset({"box", "sync", "mega", "pcloud", "egnyte", "mobile documents", "微云", "微盘"})
_CHINESE = (
    "坚果云", "我的坚果云", "百度网盘", "百度云同步", "wps云盘", "wps网盘", "wps云文档", "金山云盘",
    "微云同步", "腾讯微云", "阿里云盘", "天翼云盘", "天翼云", "和彩云", "移动云盘", "中国移动云盘",
    "联通云盘", "沃家云盘", "115网盘", "115同步", "360云盘", "360安全云盘", "亿方云", "360亿方云",
    "够快云库", "燕麦云", "联想企业网盘", "联想个人云", "华为云空间", "华为云盘", "小米云服务",
    "企业微信微盘", "飞书云盘", "飞书云文档", "钉盘", "夸克网盘", "迅雷云盘",
    "我的云端硬盘", "群晖", "威联通",
)  # fmt: skip
# What goes on like this was fetched from there or tells of it, and is not copied back.
_NOT = ("下载", "说明", "安装", "教程", "导出")
# Files and folders that clients leave at the top of what they copy.
MARKS = (
    ".dropbox", ".dropbox.cache", ".stfolder", ".stversions", ".stignore", ".sync_journal.db",
    ".nextcloudsync.log", ".owncloudsync.log", ".nutstore", ".tmp.drivedownload",
    ".tmp.driveupload", ".synologyworkingdirectory", ".SynologyWorkingDirectory", ".megaignore",
    ".debris", "seafile-ignore.txt", ".seafile-data", ".qsync", ".pcloud", ".boxsync",
    ".849C9593-D756-4E56-8D6E-42412F2A707B", ".sync/ID", ".sync/IgnoreList", ".bzvol",
)  # fmt: skip
_MARKS = tuple((os.path.normcase(one.partition("/")[0]), one) for one in MARKS)
# The same, where a part of the name differs from machine to machine.
_PATTERNS = (".sync_*.db", "._sync_*.db", ".owncloudsync.log.*", ".nextcloudsync.log.*")
_PATTERN = re.compile("|".join(fnmatch.translate(os.path.normcase(one)) for one in _PATTERNS))


def synced_by(folder: Path) -> str:
    """Name the folder above, or the folder itself, that tells; empty for none."""
    whole = resolved(folder)
    for each in (whole, *whole.parents):
        if _is_marked(each):
            return each.name or str(each)
    return synced_name(whole)


def synced_name(folder: PurePath) -> str:
    """Return the part of a path that is named as clients name what they copy."""
    return next((part for part in folder.parts if _is_clients(part)), "")


def accept(folder: Path) -> None:
    """Keep that somebody knows of it and wants the ledger here all the same.

    Raises:
        OSError: The folder cannot be made or written.
    """
    make_folder(folder)
    write_durably(folder / ACCEPTED, _SAID.encode())


def _is_clients(part: str) -> bool:
    name = part.casefold().strip()
    if name in _WHOLE:
        return True
    if any(word in name for word in _NOT):
        return False
    if name.startswith(_CHINESE):
        return True
    return any(
        name == known or (name.startswith(known) and not name[len(known)].isalpha())
        for known in _LATIN
    )


def _is_marked(folder: Path) -> bool:
    """Return whether a client left a mark at the top of a folder, which is read once."""
    try:
        with os.scandir(folder) as entries:
            names = {os.path.normcase(entry.name) for entry in entries}
    except OSError:
        # What may not be listed may still be looked up by its name.
        return any(is_visible(folder / mark) for mark in MARKS)
    if any(map(_PATTERN.match, names)):
        return True
    return any(first in names and is_visible(folder / mark) for first, mark in _MARKS)


def resolved(folder: Path) -> Path:
    """Follow links of a path; where the system cannot, return it whole as it is."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder.absolute()
