"""A city in which every kind that a census can find is planted once or twice, and traps beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from tests.world import (
    Rows,
    Source,
    account,
    follower,
    form,
    post,
    profiles,
    search,
    timeline,
    total,
    unit,
)

HEADER = ("序号", "新媒体名称", "账号类型", "账号ID", "主办单位", "运行状态", "关停时间", "标识码")

_NAMES = {
    "01": "重庆市公安局", "02": "重庆市气象局", "03": "重庆市环境保护局", "04": "重庆市教育委员会", "05": "重庆市统计局",
    "06": "重庆市审计局", "07": "重庆市财政局", "08": "重庆市民政局", "09": "重庆市司法局", "10": "重庆市水利局",
    "11": "重庆市卫生局", "12": "重庆市旅游局", "13": "重庆市林业局", "14": "重庆市农业委员会", "15": "重庆市商业委员会",
}  # fmt: skip

UNITS: list[Rows] = [
    unit(code, name=name, order=int(code), organ_type="政府组成部门") for code, name in _NAMES.items()
]


def _own(code: str, uid: str, name: str, **more: Any) -> Rows:
    return account(code, uid, name=name, **{"certified_as": _NAMES[code], **more})


ACCOUNTS: list[Rows] = [
    _own("01", "10000000101", "平安重庆"),
    _own("01", "gh_police", "平安重庆", platform="微信订阅号"),
    _own("02", "10000000102", "重庆天气"),
    _own("03", "gh_green", "重庆环保", platform="微信服务号"),
    _own("04", "10000000104", "重庆教育", status="已注销", closed=date(2015, 3, 1)),
    _own("05", "10000000105", "数据重庆"),
    _own("06", "10000000106", "重庆审计"),
    _own("07", "10000000107", "重庆财政"),
    _own("08", "10000000108", "重庆民政"),
    _own("09", "10000000109", "重庆司法"),
    _own("10", "10000000110", "重庆水利"),
    _own("11", "10000000111", "重庆卫生"),
    _own("11", "gh_health", "健康服务", platform="微信服务号", aliases="卫生服务(2012-01-01至2015-02-28)"),
    _own("12", "10000000112", "重庆旅游"),
    _own("12", "10000000212", "重庆旅游投诉"),
    _own("13", "10000000113", "绿色重庆", certified_as="重庆市农业委员会"),
    _own("14", "10000000114", "重庆农业", certified_as="重庆市农业委员会官方微博"),
    _own("15", "10000000115", "重庆商务"),
]
FILED: list[Sequence[str]] = [
    ("平安重庆", "政务微博", "10000000101", "重庆市公安局", "正常", ""),
    ("平安重庆", "微信公众号", "gh_police", "重庆市公安局", "正常", ""),
    ("重庆环保", "政务微信", "gh_green", "重庆市环境保护局", "正常", ""),
    ("环保重庆", "新浪微博", "https://weibo.com/u/10000000103", "重庆市环境保护局", "在用", ""),
    ("重庆教育", "微博", "10000000104", "重庆市教育委员会", "已关停", "2015-03-01"),
    ("数据重庆", "微博", "10000000105", "重庆市统计局", "正常", ""),
    ("重庆审计", "微博", "10000000106", "重庆市审计局", "正常", ""),
    ("重庆财政", "微博", "10000000107", "重庆市财政局", "正常", ""),
    ("重庆民政", "微博", "10000000108", "重庆市民政局", "正常", ""),
    ("重庆司法", "微博", "10000000109", "重庆市司法局", "正常", ""),
    ("重庆水利", "微博", "10000000110", "重庆市水利局", "正常", ""),
    ("重庆卫生", "微博", "10000000111", "重庆市卫生局", "正常", ""),
    ("健康服务", "微信", "gh_health", "重庆市卫生局", "正常", ""),
    ("重庆旅游", "微博", "10000000112", "重庆市旅游局", "正常", ""),
    ("重庆旅游投诉", "微博", "10000000212", "重庆市旅游局", "正常", ""),
    ("绿色重庆", "微博", "10000000113", "重庆市林业局", "正常", ""),
    ("重庆农业", "微博", "10000000114", "重庆市农业委员会", "正常", ""),
    ("重庆商务", "微博", "10000000115", "重庆市商业委员会", "正常", ""),
    ("旧日环保", "微博", "10000000903", "重庆市环境保护局", "注销", "2014-01-01"),
]


def export(path: Path, rows: Sequence[Sequence[str]] = tuple(FILED)) -> Path:
    """The national system's table: a title line, the header, rows with running numbers."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("账号信息")
        sheet.write_row(0, 0, ["全国政务新媒体信息报送系统账号信息表"])
        sheet.write_row(1, 0, HEADER)
        for number, (name, kind, uid, owner, status, closed) in enumerate(rows, 1):
            sheet.write_row(
                1 + number, 0, [str(number), name, kind, uid, owner, status, closed, f"50{number:08}"]
            )
    return path


def _seen_as(uid: str, day: str, verified: bool | None, kind: str, **more: Any) -> Rows:
    return follower(f"weibo:{uid}", day, 10) | {"verified": verified, "verified_type": kind, **more}


_ALIVE = ["101", "102", "112", "212", "113", "114"]

SOURCES: list[Source] = [
    timeline(
        "全市",
        *(post(f"weibo:10000000{n}", f"2015-{month}-15", key=f"weibo:{n}{month}") for n in _ALIVE for month in
          ("01", "06")),
        post("weibo:10000000104", "2015-03-01T09:00", key="weibo:last"),
        post("weibo:10000000104", "2015-04-02T09:00", key="weibo:after1"),
        post("weibo:10000000104", "2015-05-02T09:00", key="weibo:after2"),
        post("weibo:10000000105", "2015-01-05", key="weibo:sleeps"),
        since="2015-01-01", until="2015-06-30", scope="listing",
    ),
    search("检索",
           post("weibo:10000000107", "2015-01-20", account_name="重庆财政"),
           post("weibo:90000000001", "2015-05-20", account_name="平安重庆官方"),
           post("weibo:90000000002", "2015-05-20", account_name="平安重慶"),
           post("weibo:90000000003", "2015-05-20", account_name="平安重庆1"),
           post("weibo:90000000004", "2015-05-20", account_name="重庆日报"),
           post("weibo:90000000005", "2015-05-20", account_name="平安成都")),
    timeline("民政", post("weibo:10000000108", "2015-02-10", observed_from="mtime")),
    timeline("司法", post("weibo:10000000109", "2015-02-10", observed_from="option")),
    form("水利", *(total("weibo:10000000110", f"2015-0{month}", posts=0) for month in (4, 5, 6))),
    form("微信", *(total(f"wechat:gh_{name}", "2015-06", posts=9) for name in ("police", "green", "health"))),
    timeline("卫生一", post("weibo:10000000111", "2015-01-10", account_name="重庆卫生", seen="2015-01-12")),
    timeline("卫生二", post("weibo:10000000111", "2015-05-10", account_name="健康山城", seen="2015-05-12")),
    timeline("服务", post("wechat:gh_health", "2015-01-10", account_name="卫生服务", seen="2015-01-12")),
    profiles(
        "主页",
        _seen_as("10000000115", "2015-03-01", True, "1", statuses=500, account_name="重庆商务"),
        _seen_as("10000000115", "2015-07-01", True, "1", statuses=500, account_name="重庆商务"),
        _seen_as("90000000001", "2015-06-01", False, "-1", account_name="平安重庆官方"),
        _seen_as("90000000002", "2015-06-01", True, "0", account_name="平安重慶", verified_reason="摄影爱好者"),
        _seen_as("90000000004", "2015-06-01", True, "3", account_name="重庆日报"),
        _seen_as("90000000007", "2015-06-01", False, "", account_name="卫生服务"),
        _seen_as("90000000006", "2015-06-01", True, "1", account_name="重庆城管", verified_reason="重庆市市政管理委员会"),
    ),
]  # fmt: skip

PLANTED = {
    ("未备案", "重庆天气", "确定"),
    ("未备案", "重庆城管", "较可能"),
    ("系统有本台账无", "环保重庆", "确定"),
    ("已注销仍发文", "重庆教育", "确定"),
    ("僵尸", "数据重庆", "确定"),
    ("僵尸", "重庆水利", "确定"),
    ("僵尸", "重庆商务", "较可能"),
    ("僵尸", "重庆司法", "待核实"),
    ("改名", "重庆卫生", "确定"),
    ("一单位同平台多号", "重庆旅游、重庆旅游投诉", "确定"),
    ("疑似仿冒", "平安重庆官方", "待核实"),
    ("疑似仿冒", "平安重慶", "待核实"),
    ("疑似仿冒", "卫生服务", "待核实"),
    ("认证主体与主办单位不一致", "绿色重庆", "确定"),
    ("未掌握", "重庆审计", "待核实"),
    ("未掌握", "重庆财政", "待核实"),
    ("未掌握", "重庆民政", "待核实"),
    ("未掌握", "环保重庆", "待核实"),
    ("未掌握", "平安重庆1", "待核实"),
}
"""Kind, account and confidence of everything that is to be found, and nothing else."""
