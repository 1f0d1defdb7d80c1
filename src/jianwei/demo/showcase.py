"""Posts that are written by hand: the seed's showcase in our own words, and the planted ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["MURDER", "SHOWCASE", "TEN_THOUSAND_PLUS", "VIRAL", "Special"]


@dataclass(frozen=True)
class Special:
    """A post with its own words and counts; it takes the place of one of the account's posts.

    account: its name. form: as in `wording.FORMS`. Weibo: reposts, comments, likes; WeChat:
    reads, likes. function: the one that its words tell, as in `wording.FUNCTIONS`.
    """

    account: str
    platform: str
    day: date
    text: str
    form: str = "图片"
    reposts: int = 0
    comments: int = 0
    likes: int = 0
    reads: int = 0
    function: str = ""


SHOWCASE: tuple[Special, ...] = (
    Special("重庆微发布", "微博", date(2015, 5, 5),
            "【一图解说】领导干部过问案件要留痕：五类行为将被公开曝光，一张图看清办案干预的记录与追责",
            "一图解说", 3200, 860, 2400, function="信息公开"),
    Special("沙坪坝微政务", "微博", date(2015, 2, 9),
            "【感动沙坪坝】2014年度人物周继碧：几十年守着一份承诺，邻里都记得她的好，转给身边的人看看",
            "图片", 12_000, 1500, 5200),
    Special("重庆市旅游局", "微博", date(2015, 4, 21),
            "【纪录片】法国女孩再访山城，第二季带你看重庆的文化与山水风光，最美的镜头都在这里",
            "视频", 1900, 620, 3100, function="文化传播"),
    Special("重庆环保", "微博", date(2015, 6, 5),
            "【作品展】共建生态文明、共享绿色家园摄影大赛获奖作品来了，历史影像见证蓝天碧水，最美家园你选哪一张",
            "图片", 1700, 540, 2300, function="文化传播"),
    Special("平安丰都", "微博", date(2015, 3, 18),
            "【爱心接力】民警三十天奔走，为七岁白血病孩子小桎伟撑起希望之伞，网友留言为他加油",
            "长微博", 2600, 910, 3300, function="政民互动"),
    Special("平安重庆", "微博", date(2015, 1, 6),
            "【年度盘点】用数据说话：重庆公安2014年工作一张图读完，平安二字背后是这些数字",
            "一图解说", 1400, 480, 1600),
    Special("重庆网警", "微信", date(2015, 4, 10), "提醒：重庆五座大桥和部分快速路近期封闭检测，出行请绕道",
            likes=620, reads=68_000, function="便民服务"),
    Special("重庆交巡警", "微信", date(2015, 5, 20), "微讲堂：高速公路遇到团雾怎么开，交巡警教你三步避险",
            likes=1500, reads=96_000, function="应急预警"),
    Special("今日合川", "微信", date(2015, 3, 27), "我叫合川，这是我的使用指南", likes=980, reads=58_000, function="便民服务"),
    Special("重庆共青团", "微信", date(2015, 6, 12), "在重庆上大学是怎样一番体验？网友的答复都在这里",
            likes=1100, reads=64_000, function="政民互动"),
    Special("重庆武隆", "微信", date(2015, 4, 29), "武隆变形记：一座小城的山水风光，三分钟看完它的文化底色",
            likes=760, reads=47_000, function="文化传播"),
)  # fmt: skip
"""Eleven posts after the seed's chapter on the work showcase."""

MURDER = Special(
    "平安重庆", "微博", date(2015, 3, 12),
    "【警情通报】3月11日晚某小区发生一起命案，嫌疑人已被抓获，案件正在进一步侦办，请勿传播未经证实的消息", "文字", function="舆论引导",
)  # fmt: skip
"""Its responses are a thousand times the account's median: popular, and never a showcase."""

VIRAL = Special(
    "", "微博", date(2015, 5, 27),
    "【暖心一幕】暴雨中交通执法员背起老人过马路，监控拍下全程，网友留言刷屏", "视频", 24_000, 2_100, 9_000, function="应急预警",
)  # fmt: skip
"""One post of a small unit with more reposts than all its others together."""

TEN_THOUSAND_PLUS: tuple[Special, ...] = (
    Special("重庆交巡警", "微信", date(2015, 2, 12), "春运出行攻略：全市高速易堵路段和绕行路线都在这里",
            likes=2300, reads=100_001, function="便民服务"),
    Special("重庆交巡警", "微信", date(2015, 4, 2), "清明小长假出行提示：这些路段请提前绕行", likes=1900, reads=100_001, function="便民服务"),
    Special("重庆微发布", "微信", date(2015, 6, 17), "暴雨红色预警信号发布，全市启动应急响应，请注意避险",
            likes=2100, reads=100_001, function="应急预警"),
)  # fmt: skip
"""Posts whose reads WeChat shows as 10万+ (stored as 100001 and marked as censored)."""
