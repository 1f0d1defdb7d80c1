"""The named units of the seed report and how strong their accounts are made.

A level (0 to 1) stands for performance between nothing and the best one knows of, on the
logarithmic scales usual in such boards; who leads follows from magnitudes, no unit carries a rank.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DISTRICT_STARS", "GRASSROOTS_STARS", "MUNICIPAL", "Star", "ordinary"]


@dataclass(frozen=True)
class Star:
    """A unit's account names and levels by platform (None = no account), and followers."""

    name: str
    system: str
    kind: str
    weibo_name: str
    weibo: float
    wechat_name: str = ""
    wechat: float | None = None
    followers: int = 0
    wechat_followers: int = 0
    uid: str = ""


def _municipal(row: str) -> Star:
    name, system, kind, weibo_name, weibo, wechat_name, wechat, followers, subscribers = row.split()
    return Star(
        name,
        system,
        kind,
        weibo_name,
        float(weibo),
        "" if wechat_name == "-" else wechat_name,
        None if wechat == "-" else float(wechat),
        int(followers),
        int(subscribers),
    )


MUNICIPAL: tuple[Star, ...] = tuple(
    map(
        _municipal,
        (
            "重庆市人民政府新闻办公室 外宣 工作部门 重庆微发布 0.84 重庆微发布 0.80 2250000 360000",
            "重庆市公安局 公安 政府组成部门 平安重庆 0.62 平安重庆 0.52 1480000 120000",
            "重庆市公安局交巡警总队 公安 机关内设机构 重庆交巡警 0.73 重庆交巡警 0.88 1290000 420000",
            "重庆市公安局网安总队 公安 机关内设机构 重庆网警 0.64 重庆网警 0.64 520000 90000",
            "重庆市发展和改革委员会 发展改革 政府组成部门 重庆发改 0.28 - - 24000 0",
            "重庆市教育委员会 教育 政府组成部门 重庆教育 0.45 重庆教育 0.45 210000 62000",
            "重庆市科学技术委员会 科技 政府组成部门 重庆科技 0.30 - - 31000 0",
            "重庆市经济和信息化委员会 经济信息 政府组成部门 重庆经信 0.27 - - 22000 0",
            "重庆市民政局 民政 政府组成部门 重庆民政 0.33 - - 38000 0",
            "重庆市司法局 司法 政府组成部门 重庆司法 0.42 - - 88000 0",
            "重庆市人力资源和社会保障局 人力社保 政府组成部门 重庆人社 0.40 - - 92000 0",
            "重庆市国土资源和房屋管理局 国土房管 政府组成部门 重庆国土房管 0.34 - - 41000 0",
            "重庆市环境保护局 环保 政府组成部门 重庆环保 0.74 重庆环保 0.74 560000 100000",
            "重庆市城乡建设委员会 城乡建设 政府组成部门 重庆建设 0.31 - - 29000 0",
            "重庆市规划局 规划 政府组成部门 重庆规划 0.35 - - 36000 0",
            "重庆市市政管理委员会 市政 政府组成部门 重庆市政 0.38 - - 52000 0",
            "重庆市交通委员会 交通 政府组成部门 重庆交通 0.43 重庆交通 0.42 150000 41000",
            "重庆市水利局 水利 政府组成部门 重庆水利 0.29 - - 21000 0",
            "重庆市农业委员会 农业 政府组成部门 重庆农业 0.32 - - 27000 0",
            "重庆市商业委员会 商务 政府组成部门 重庆商务 0.30 - - 26000 0",
            "重庆市文化委员会 文化 政府组成部门 重庆文化 0.41 - - 95000 0",
            "重庆市卫生和计划生育委员会 卫生计生 政府组成部门 健康重庆 0.47 健康重庆 0.46 240000 58000",
            "重庆市审计局 审计 政府组成部门 重庆审计 0.22 - - 12000 0",
            "重庆市林业局 林业 直属机构 重庆林业 0.27 - - 19000 0",
            "重庆市旅游局 旅游 直属机构 重庆市旅游局 0.69 重庆市旅游局 0.69 630000 98000",
            "重庆市体育局 体育 直属机构 重庆体育 0.33 - - 34000 0",
            "重庆市统计局 统计 直属机构 重庆统计 0.24 - - 15000 0",
            "重庆市工商行政管理局 工商 直属机构 重庆工商 0.37 - - 47000 0",
            "重庆市质量技术监督局 质监 直属机构 重庆质监 0.28 - - 20000 0",
            "重庆市食品药品监督管理局 食药监 直属机构 重庆食药监 0.39 - - 56000 0",
            "重庆市安全生产监督管理局 安监 直属机构 重庆安监 0.35 - - 33000 0",
            "重庆市国家税务局 国税 垂直管理 重庆国税 0.34 - - 40000 0",
            "重庆市地方税务局 地税 垂直管理 重庆地税 0.33 - - 37000 0",
            "重庆市气象局 气象 垂直管理 重庆天气 0.50 重庆天气 0.48 330000 72000",
            "重庆市高级人民法院 法院 人民法院 重庆高院 0.44 重庆高院 0.43 180000 39000",
            "重庆市人民检察院 检察院 人民检察院 重庆检察 0.42 重庆检察 0.41 140000 33000",
            "重庆市总工会 工会 人民团体 重庆工会 0.34 - - 43000 0",
            "共青团重庆市委 共青团 人民团体 重庆共青团 0.54 重庆共青团 0.54 430000 80000",
            "重庆市妇女联合会 妇联 人民团体 重庆妇联 0.30 - - 28000 0",
        ),
    )
)
"""市直机关 in 建制顺序: 39 with Weibo, 13 of them with WeChat."""

DISTRICT_STARS: dict[str, tuple[str, str, float, float, int, int]] = {
    "沙坪坝区": ("沙坪坝微政务", "沙坪坝微政务", 0.78, 0.78, 262_000, 41_000),
    "涪陵区": ("涪陵发布", "涪陵发布", 0.715, 0.71, 176_000, 30_000),
    "彭水苗族土家族自治县": ("彭水微发布", "彭水微发布", 0.70, 0.70, 98_000, 24_000),
    "合川区": ("合川发布", "今日合川", 0.69, 0.69, 158_000, 33_000),
    "南岸区": ("南岸微发布", "南岸微发布", 0.60, 0.60, 188_000, 26_000),
    "江津区": ("江津发布", "江津发布", 0.59, 0.58, 190_000, 24_000),
    "渝中区": ("重庆渝中", "重庆渝中", 0.59, 0.58, 150_000, 23_000),
    "大渡口区": ("大渡口微发布", "大渡口微发布", 0.57, 0.57, 96_000, 16_000),
    "武隆县": ("重庆武隆", "重庆武隆", 0.57, 0.58, 84_000, 19_000),
    "云阳县": ("云阳发布", "云阳发布", 0.58, 0.56, 102_000, 17_000),
    "万州区": ("万州发布", "万州发布", 0.56, 0.56, 120_000, 18_000),
    "渝北区": ("渝北发布", "渝北发布", 0.56, 0.55, 110_000, 16_000),
}
"""District → names and levels on Weibo and WeChat, followers there. Others are ordinary."""

GRASSROOTS_STARS: dict[tuple[str, str], tuple[str, float, int]] = {
    ("丰都县", "公安局"): ("平安丰都", 0.56, 62_000),
}
"""District and organ → Weibo name, level, followers."""


def ordinary(place: int) -> tuple[float, float]:
    """Levels of a district without a plan of its own, by its place among the 38."""
    step = ((place * 7) % 38) / 38
    return 0.40 + 0.13 * step, 0.38 + 0.14 * (1 - step)
