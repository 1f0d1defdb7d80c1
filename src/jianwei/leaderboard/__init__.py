"""Leaderboards: ordered views of scores with ties, changes, 未参评 and why."""

from jianwei.leaderboard.model import Leaderboard, Row, Unranked
from jianwei.leaderboard.rank import by_account, by_unit, panel
from jianwei.leaderboard.standing import Standing, stand

__all__ = ["Leaderboard", "Row", "Standing", "Unranked", "by_account", "by_unit", "panel", "stand"]
