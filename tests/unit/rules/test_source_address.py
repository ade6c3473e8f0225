"""A source may tell where its own publisher shows it, and no copy's address."""

import json
from urllib.parse import urlsplit

import pytest

from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.load import read_bundle
from tests.support.rules.rule_samples import (
    bundle_of,
    nation,
    programme,
    shipped_book,
    standard,
    window,
)

RULES = [window("main", "2025-09-01", "2025-12-20"), standard("400.00")]
PAGE = "https://ybj.fuxin.gov.cn/content/2025/1010306.html"
# Whose each host is, by what the source's publisher has to name.
# Source: the pages that were seen there, ../shared/policy; a copy's host is never listed.
HOSTS = {
    "ep.bdcb.cn": "半岛晨报",
    "hsa.zs.gov.cn": "中山市",
    "jl.news.163.com": "网易吉林",
    "jxgcxy.suse.edu.cn": "四川轻化工大学",
    "jy.sanya.gov.cn": "三亚市教育局",
    "m.fz.bendibao.com": "福州本地宝",
    "m.gxsdyy.com": "医疗机构",
    "news.lyd.com.cn": "洛阳网",
    "news.southcn.com": "南方网",
    "today.hit.edu.cn": "哈尔滨工业大学",
    "www.baotou.gov.cn": "包头市",
    "www.bt.chinanews.com.cn": "中新网",
    "www.dazhou.gov.cn": "达州市",
    "www.dezhoudaily.com": "德州日报",
    "www.dy001.cn": "丹阳新闻网",
    "www.gov.cn": "国务院",
    "www.hengshan.gov.cn": "衡山县",
    "www.huhhot.gov.cn": "呼和浩特市",
    "www.hxnews.com": "海峡网",
    "www.longling.gov.cn": "龙陵县",
    "www.nhsa.gov.cn": "国家医疗保障局",
    "www.nsmc.edu.cn": "川北医学院",
    "www.ntrb.com.cn": "江海晚报",
    "www.qdcaijing.com": "青岛财经日报",
    "www.qinghai.gov.cn": "青海省",
    "www.xjshs.gov.cn": "双河市",
    "www.zhada.gov.cn": "札达县",
    "xuchang.gov.cn": "许昌市",
    "ybj.fuxin.gov.cn": "阜新市",
    "ybj.trs.gov.cn": "铜仁市",
    "ylbz.xm.gov.cn": "厦门市",
    "ytapp.jiaodong.net": "烟台融媒",
    "h5.wfwb.wfnews.com.cn": "潍坊晚报",
    "zwgk.changchun.gov.cn": "长春市",
}


def with_address(address: object, bundle_format: int = 2) -> bytes:
    whole = bundle_of(nation(), programme(RULES))
    [first, *others] = whole["sources"]
    sources = [{**first, "address": address}, *others]
    return json.dumps({**whole, "format": bundle_format, "sources": sources}).encode()


def test_a_source_names_the_page_of_its_publisher() -> None:
    assert read_bundle(with_address(PAGE)).sources[0].address == PAGE


def test_a_source_of_which_only_copies_were_seen_names_none() -> None:
    assert read_bundle(with_address(None)).sources[0].address is None


@pytest.mark.parametrize(
    "address",
    [
        "ybj.fuxin.gov.cn/content",
        "ftp://ybj.fuxin.gov.cn/content",
        "https://ybj.fuxin.gov.cn/con tent",
        "https://somebody:secret@ybj.fuxin.gov.cn/",
        "https://localhost/page",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_page_of_the_web_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        read_bundle(with_address(address))
    [fault] = refused.value.faults
    assert fault.path == "sources[0].address"
    assert "发布单位自己网站" in fault.text


def test_the_older_format_knows_no_addresses() -> None:
    with pytest.raises(BundleUnreadableError) as refused:
        read_bundle(with_address(PAGE, bundle_format=1))
    assert [fault.path for fault in refused.value.faults] == ["sources[0].address"]


def test_every_address_that_ships_is_its_own_publishers() -> None:
    named = [one for one in shipped_book().bundle.sources if one.address]
    others = {
        one.id
        for one in named
        if HOSTS.get(urlsplit(str(one.address)).hostname or "", "?") not in one.publisher
    }
    assert others == set()


def test_most_pages_of_a_government_that_ship_can_be_looked_up() -> None:
    named = {one.id for one in shipped_book().bundle.sources if one.address}
    assert {"guoban-2024-38", "qinghai-2026", "xuchang-2026", "longling-2025"} <= named
