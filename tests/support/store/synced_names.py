"""Folders that clients synchronise, as they are called and by what is left in them.

Collected from what the clients make by themselves at their installation, by
hand; not from the program's own list.
"""

USUAL = {
    "OneDrive", "OneDrive - 抚州市医疗保障局", "Dropbox", "Dropbox (Personal)", "iCloudDrive",
    "iCloud Drive", "Google Drive", "GoogleDrive", "My Drive", "我的云端硬盘", "Box", "Box Sync",
    "MEGA", "MEGAsync", "pCloud Drive", "pCloudDrive", "Sync", "Resilio Sync", "Nextcloud",
    "Nextcloud2", "ownCloud", "Seafile", "SynologyDrive", "CloudStation", "Qsync", "YandexDisk",
    "Yandex.Disk", "Proton Drive", "Creative Cloud Files", "Nutstore", "Nutstore Files", "坚果云",
    "我的坚果云", "BaiduSyncdisk", "BaiduNetdiskWorkspace", "百度网盘同步空间", "百度云同步盘",
    "WPS云盘", "WPSDrive", "WPS Cloud Files", "微云同步", "微云同步助手", "腾讯微云", "Weiyun",
    "阿里云盘", "AliyunDrive", "天翼云盘", "天翼云盘同步盘", "eCloud", "和彩云", "中国移动云盘",
    "115网盘", "360安全云盘", "360云盘", "亿方云", "360亿方云", "FangCloudV2", "够快云库", "燕麦云",
    "联想企业网盘", "华为云空间", "华为云盘", "企业微信微盘", "飞书云盘", "钉盘", "夸克网盘",
    "迅雷云盘",
}  # fmt: skip
ORDINARY = (
    ".local/share/medcounter", "AppData/Local/medcounter", "医保", "办税厅窗口3", "Documents",
    "文档", "桌面", "Boxes", "boxing", "synchron", "Megan", "资料同步前", "百度网盘下载",
    "BaiduNetdiskDownload", "OneDriver", "坚果云使用说明", "备份", "云南", "微云县", "data", "D盘",
)  # fmt: skip
LEFT_BEHIND = (
    ".dropbox", ".dropbox.cache", ".stfolder", ".stignore", ".stversions", ".sync_journal.db",
    ".sync_0a1b2c3d4e5f.db", "._sync_0a1b2c3d4e5f.db", ".nextcloudsync.log", ".owncloudsync.log",
    ".tmp.drivedownload", ".tmp.driveupload", ".SynologyWorkingDirectory", ".debris",
    ".megaignore", "seafile-ignore.txt", ".849C9593-D756-4E56-8D6E-42412F2A707B", ".sync/ID",
)  # fmt: skip
