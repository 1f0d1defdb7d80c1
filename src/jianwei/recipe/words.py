"""What keys and their closed values are called in Chinese, where a sentence speaks of them."""

from __future__ import annotations

from collections.abc import Mapping

from jianwei.recipe.grammar import KINDS, SCALES, STATUSES

__all__ = ["OF_HEAD", "OF_NODE", "OF_VALUES"]

OF_HEAD: Mapping[str, str] = {
    "name": "方案名称",
    "title": "标题",
    "version": "版本",
    "kind": "种类",
    "status": "核实情况",
    "source": "出处",
    "purpose": "用途",
    "note": "说明",
    "days": "天数的算法",
    "absent": "从未开通的平台",
    "need": "参评所需的有效权重",
    "read_basis": "阅读数口径",
    "followers_within": "粉丝数的取值期限（天）",
    "reading": "读数时点",
    "reading_missing": "该时点没有读数时",
    "reading_least": "该时点读数的最低占比",
    "mature": "未满时点读数的校正",
    "group": "分组",
    "parameters": "换算参数的范围",
}

OF_NODE: Mapping[str, str] = {
    "note": "说明",
    "combine": "合成办法",
    "exponent": "幂平均的指数",
    "power": "乘方",
    "times": "倍数",
    "floor": "下限 floor",
    "platform": "平台",
    "formula": "公式",
    "per": "分母",
    "impute": "缺失填补",
    "outlier": "离群处理",
    "points": "缩尾的最多个数",
    "unit": "单位",
    "transform": "变换",
    "factor": "变换前的倍数",
    "scale": "换算办法",
    "bottom": "底分",
    "top": "满分",
    "aim": "目标值",
    "direction": "方向",
}

OF_VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": KINDS,
    "status": STATUSES,
    "scale": SCALES,
    "days": {"calendar": "按日历", "30-day-months": "每月按 30 天"},
    "absent": {"zero": "计 0 分", "renormalise": "权重分给其余", "unranked": "不参评"},
    "read_basis": {"views": "次数", "users": "人数", "any": "不分"},
    "parameters": {"period": "本期", "panel": "各期合并"},
    "reading": {"latest": "最新读数", "24h": "满 24 小时", "7d": "满 7 天", "30d": "满 30 天"},
    "reading_missing": {"missing": "按缺失", "nearest": "取最接近的读数", "latest": "取最新读数"},
    "mature": {"no": "不校正", "curve": "按账号自己的增长曲线"},
    "combine": {
        "arithmetic": "算术平均",
        "geometric": "几何平均",
        "harmonic": "调和平均",
        "max": "取最大",
        "sum": "按系数求和",
        "power-mean": "幂平均",
        "copeland": "Copeland 两两比较",
        "topsis": "TOPSIS",
    },
    "impute": {
        "none": "不填补",
        "mean": "均值",
        "median": "中位数",
        "group-mean": "组均值",
        "worst": "按最低计",
    },
    "outlier": {"none": "不处理", "winsorise": "缩尾", "treat": "缩尾，不够则取对数"},
    "transform": {"none": "不变换", "ln1p": "ln(x+1)", "ln": "ln x", "log10": "lg x", "sqrt": "平方根"},
    "direction": {"up": "越大越好", "down": "越小越好"},
}
