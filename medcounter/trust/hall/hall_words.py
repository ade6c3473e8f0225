"""A public key as a few Chinese words, to be read aloud over the phone.

Six words out of 256 carry 48 bits. Whoever wants a key of their own with the same
words has to make 2^48 keys on average, and each costs one Argon2id of 64 MiB
(a tenth of a second on one core): a million years of one core, and memory that
graphics cards lack. Shorter would fall to a cluster, longer is not read to the end.

No two words sound alike, not even where zh and z, n and l, r and l, f and h, or -n
and -ng are not told apart, and at most three words share a first syllable.

Source: Argon2id, RFC 9106 (second recommended option: 64 MiB, three passes, four
lanes).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

COUNT = 6
_SALT = b"medcounter words 1"
_MEMORY_KIB, _PASSES, _LANES = 65_536, 3, 4
_BETWEEN = frozenset(" -_.,，、。·—–\n\r\t")
# 256 words of two characters, in a fixed order: their places are part of every fingerprint.
_WRITTEN = """
    白菜 苹果 香蕉 葡萄 西瓜 南瓜 冬瓜 黄瓜 番茄 萝卜 土豆 豆腐 辣椒 大蒜 生姜 花生
    核桃 板栗 红枣 石榴 樱桃 荔枝 芒果 菠萝 柠檬 草莓 甘蔗 莲藕 蘑菇 木耳 海带 紫菜
    玉米 小麦 芝麻 馒头 包子 饺子 面条 米饭 年糕 粽子 油条 豆浆 牛奶 鸡蛋 酱油 白糖
    茶叶 咖啡 蜂蜜 果汁 老虎 狮子 大象 猴子 骆驼 熊猫 狐狸 松鼠 兔子 绵羊 水牛 黄狗
    花猫 公鸡 鸭子 天鹅 孔雀 喜鹊 乌鸦 麻雀 燕子 鹦鹉 蝴蝶 蜜蜂 蜻蜓 蚂蚁 青蛙 乌龟
    螃蟹 龙虾 鲤鱼 鲸鱼 海豚 鳄鱼 蜗牛 毛驴 骏马 山羊 太阳 月亮 星星 彩虹 白云 大雨
    雪花 闪电 雷声 清风 冰川 高山 湖泊 沙漠 草原 森林 瀑布 峡谷 田野 泥土 石头 火山
    温泉 春天 夏天 秋天 冬天 早晨 傍晚 半夜 柳树 梅花 菊花 荷花 牡丹 玫瑰 杜鹃 水仙
    银杏 枫叶 小草 书架 床单 枕头 毛巾 肥皂 牙刷 脸盆 剪刀 纽扣 雨伞 背包 钱包 手表
    闹钟 电灯 蜡烛 火柴 扫帚 水桶 茶壶 酒杯 菜刀 铁锅 冰箱 风扇 空调 电脑 照片 窗帘
    地毯 花瓶 木梯 螺丝 针线 拉链 围巾 手套 皮鞋 眼镜 耳环 飞机 火车 汽车 轮船 摩托
    卡车 地铁 马车 公路 车站 机场 灯塔 气球 医院 学校 邮局 公园 农村 城市 广场 宝塔
    长城 窗户 楼梯 屋顶 烟囱 围墙 池塘 菜园 书本 毛笔 铅笔 橡皮 墨水 黑板 地图 信封
    邮票 字典 故事 钢琴 铜锣 口琴 琵琶 京剧 篮球 足球 排球 象棋 围棋 扑克 跑步 跳绳
    医生 农民 铁匠 歌手 猎人 作家 朋友 邻居 客人 钢铁 玻璃 红色 绿色 蓝色 耳朵 嘴巴
    牙齿 舌头 胳膊 脚跟 心脏 骨头 快乐 灯笼 鞭炮 红包 电影 雕塑 陶瓷 算盘 温度 韭菜
"""
WORDS = tuple(_WRITTEN.split())


@lru_cache(maxsize=16)
def words_of(public: str) -> tuple[str, ...]:
    """Return the words of a public key.

    Args:
        public: The raw key, 64 hex digits.
    """
    stretched = Argon2id(
        salt=_SALT, length=COUNT, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    ).derive(bytes.fromhex(public))
    return tuple(WORDS[byte] for byte in stretched)


def are_words_of(public: str, typed: str) -> bool:
    """Return whether what was typed are the words of a key, in their order."""
    text = unicodedata.normalize("NFKC", typed)
    return "".join(one for one in text if one not in _BETWEEN) == "".join(words_of(public))
