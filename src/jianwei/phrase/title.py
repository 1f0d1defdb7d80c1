"""Short Chinese names of the findings, used in captions, key figures and notes on gaps."""

from __future__ import annotations

__all__ = ["TITLES", "title_of"]

TITLES: dict[str, str] = {
    "S1.weibo": "微博账号数",
    "S1.wechat": "微信账号数",
    "S1.municipal": "市直机关官方账号数",
    "S1.municipal_weibo": "市直机关微博账号数",
    "S1.municipal_wechat": "市直机关微信账号数",
    "S1.district": "区县官方账号数",
    "S2.weibo": "区县微博开通率",
    "S2.wechat": "区县微信开通率",
    "S3.total": "覆盖人次",
    "S3.municipal": "市直机关覆盖人次",
    "S3.district": "区县覆盖人次",
    "S4.posts": "微博发布量",
    "S4.reposts": "微博被转发量",
    "S4.comments": "微博被评论量",
    "S5.posts": "日均微博发布量",
    "S5.reposts": "日均微博被转发量",
    "S5.comments": "日均微博被评论量",
    "T2.leaders": "市直机关综合影响力排行",
    "T2.wechat_first": "微信表现首位单位",
    "T3.leaders": "区县综合影响力排行",
    "T3.spread_first": "区县传播指数首位",
    "T3.interact_first": "区县互动指数首位",
    "T4.leaders": "公安系统综合影响力排行",
    "T5.leaders": "基层单位综合影响力排行",
    "F1.leaders": "区县账号数量",
    "F2.leaders": "区县传播覆盖系数",
    "F3.share": "六个系统占全部账号的比重",
    "F3.systems": "各系统账号数量",
    "F3.six_share": "六个系统占已登记系统账号的比重",
    "F4.monthly": "微博月度发布与互动",
    "F4.holiday": "春节月份按工作日计的发布量变化",
    "F5.original_share": "微博原创率",
    "F5.multimedia_share": "多媒体信息占比",
    "F5.picture_share": "图片、长微博占多媒体信息的比重",
    "F5.infographic_change": "一图解说占比变化",
    "G1": "覆盖人次同比",
    "G2": "覆盖人次增长的单位占比",
    "W.picks": "工作展示",
    "N3.share": "各类功能内容占比",
}


def title_of(finding_id: str) -> str:
    """The short name of a finding; an unknown id is its own name."""
    return TITLES.get(finding_id, finding_id)
