"""The planted parts: which district's which organ plays what, so that a test can find it again."""

from __future__ import annotations

__all__ = ["PARTS"]

PARTS: dict[tuple[str, str], str] = {
    ("南岸区", "重庆市{r}教育委员会"): "tie",
    ("南岸区", "重庆市{r}卫生和计划生育委员会"): "tie_too",
    ("渝北区", "重庆市{r}气象局"): "opened_in_march",
    ("开县", "重庆市{r}统计局"): "silent",
    ("长寿区", "重庆市{r}水务局"): "totals_only",
    ("梁平县", "重庆市{r}审计局"): "not_collected",
    ("江北区", "重庆市{r}交通委员会"): "viral",
    ("永川区", "重庆市{r}林业局"): "festival_gap",
    ("九龙坡区", "重庆市{r}商务局"): "closed",
    ("丰都县", "重庆市{r}公安局"): "star",
}
"""District and organ → the part that its Weibo account plays."""
