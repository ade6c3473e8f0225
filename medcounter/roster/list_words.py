"""The words found in lists: headings, identities, total lines.

Data only. A word is listed only if it is unambiguous; one that could lead to a
different fee if misread, such as 残疾人 or 学生, is not.
"""

from __future__ import annotations

NAME = (
    "参保人姓名",
    "参保人",
    "名字",
    "中文名",
    "中文姓名",
    "人员姓名",
    "学生姓名",
    "参保人员姓名",
    "成员姓名",
    "家庭成员姓名",
    "被保险人姓名",
    "缴费人姓名",
    "居民姓名",
)
ID_NUMBER = (
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "身份证",
    "证件号",
    "身份证件号码",
    "身份证件号",
    "公民身份证号",
    "公民身份证号码",
    "居民身份证号",
    "居民身份证号码",
    "社会保障号",
    "社会保障号码",
    "证件编号",
    "人员证件号码",
    "学生身份证号",
    "学生身份证号码",
    "参保人员身份证号码",
    "身份证ID",
    "ID号",
    "家庭成员身份证号码",
    "被保险人证件号码",
    "个人身份证号",
    "身份號碼",
    "缴费人身份证号",
)
# Where somebody lives or learns; the groups are parts of the others.
GROUPS = ("班级", "村民小组")
PLACES = ("村", "社区", "村居", "村委会", "行政村", "学校", "学校全称", "单位", *GROUPS)
# Kinds of people by which other offices keep their registers; whoever is none of
# the rules' identities is told cell by cell.
CATEGORIES = (
    "身份",
    "人员身份",
    "参保身份",
    "困难类别",
    "救助身份",
    "特殊身份",
    "人员属性",
    "保障类别",
    "户类型",
    "农户类型",
    "监测对象类型",
    "监测对象类别",
    "救助类型",
    "救助类别",
    "对象类别",
    "对象类型",
    "人群类别",
    "低保类别",
    "资助类别",
)

# By the code of the identity. What more than one identity is called stands nowhere.
IDENTITIES = {
    "destitute": ("特困人员", "特困供养", "特困对象", "五保户", "五保", "五保对象", "特困户"),
    "low-income": (
        "低保户",
        "低保对象",
        "低保人员",
        "农村低保",
        "城市低保",
        "城镇低保",
        "最低生活保障对象",
        "农村低保对象",
        "城市低保对象",
    ),
    "severely-disabled": ("重残", "重度残疾", "重残人员"),
    "out-of-poverty": ("稳定脱贫人口", "稳定脱贫户", "其他脱贫人口"),
    "poverty-edge": ("边缘易致贫户", "边缘易致贫"),
    "unstable-out-of-poverty": ("脱贫不稳定户", "脱贫不稳定"),
    "student": ("在校大学生", "全日制大学生"),
}
# Who pays as everybody does.
NO_IDENTITY = frozenset(
    {
        "",
        "无",
        "否",
        "-",
        "普通",
        "一般",
        "一般居民",
        "普通人员",
        "居民",
        "城乡居民",
        "成年居民",
        "一般人员",
        "一般农户",
        "农民",
        "中小学生",
        "老年人",
        "未成年人",
        "成年人",
        "非农",
        "普通群众",
        "一般群众",
    }
)

# Headings of columns that may decide the aid and do not say of whom.
UNCLEAR = (
    "是否脱贫",
    "贫困",
    "是否贫困",
    "残疾",
    "是否残疾",
    "监测",
    "监测户",
    "脱贫户",
    "困难",
    "是否困难",
    "优抚",
    "残疾等级",
)

# What stands in a cell for yes and for no, beside the words.
TICKS = frozenset("√✓✔☑✅")
CROSSES = frozenset("×✗✘☒╳")

# What says in a heading that its number is somebody else's than the person's of the row.
OTHERS = (
    "户主",
    "监护",
    "家长",
    "父亲",
    "母亲",
    "父母",
    "爸爸",
    "妈妈",
    "配偶",
    "代办",
    "代缴",
    "经办",
    "联系人",
    "负责人",
    "担保人",
    "申报人",
    "银行",
    "卡号",
    "账号",
    "残疾证",
    "低保证",
)

# How a line begins that is no person: a sum, a signature.
LINES = (
    "合计",
    "小计",
    "总计",
    "共计",
    "本页合计",
    "本页小计",
    "填表人",
    "制表人",
    "审核人",
    "负责人",
    "经办人",
    "填报人",
    "填报单位",
    "填报日期",
    "备注",
    "说明",
    "注",
)
