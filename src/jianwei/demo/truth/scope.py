"""The truth about who is there and who is reached: S1, S2, S3, F1, F2, F3."""

from __future__ import annotations

from collections import Counter
from typing import Any

from jianwei.demo.audience import NONE
from jianwei.demo.cast import SIX_NAMES
from jianwei.demo.districts import DISTRICTS, people
from jianwei.demo.world import World

__all__ = ["counts", "followers", "regions", "systems"]

_CITY = "500000"


def counts(made: World) -> dict[str, Any]:
    """Accounts open at the end, and the share of districts that their own organs reach."""
    who = made.cast
    opened, weibo = who.open_at_end, who.weibo
    city, own = opened & who.municipal & _main(made), opened & who.district_main
    found: dict[str, Any] = {
        "S1.weibo": int((opened & weibo).sum()),
        "S1.wechat": int((opened & ~weibo).sum()),
        "S1.municipal": int(city.sum()),
        "S1.municipal_weibo": int((city & weibo).sum()),
        "S1.municipal_wechat": int((city & ~weibo).sum()),
        "S1.district": int(own.sum()),
    }
    for name, mine in (("weibo", weibo), ("wechat", ~weibo)):
        found[f"S2.{name}"] = len(set(who.adcodes[own & mine])) / len(DISTRICTS)
    return found


def followers(made: World) -> dict[str, Any]:
    """Followers at the end, summed over accounts that were read."""
    who, end = made.cast, made.followers.end
    read = who.open_at_end & (end != NONE)
    return {
        "S3.total": int(end[read].sum()),
        "S3.municipal": int(end[read & who.municipal & _main(made)].sum()),
        "S3.district": int(end[read & who.district_main].sum()),
    }


def regions(made: World) -> dict[str, Any]:
    """The ten districts with the most accounts, and with the most followers a resident."""
    who, end = made.cast, made.followers.end
    opened, adcodes = who.open_at_end, who.adcodes
    accounts = {d: int((opened & (adcodes == d.adcode)).sum()) for d in DISTRICTS}
    reach = {
        d: int(end[opened & (end != NONE) & (adcodes == d.adcode)].sum()) / people(d.adcode)
        for d in DISTRICTS
    }
    return {
        "F1.leaders": [
            d.name for d in sorted(DISTRICTS, key=lambda d: (-accounts[d], d.adcode)) if accounts[d]
        ][:10],
        "F2.leaders": [d.name for d in sorted(DISTRICTS, key=lambda d: (-reach[d], d.adcode))][:10],
    }


def systems(made: World) -> dict[str, Any]:
    """Accounts by system, and the share of the six that the seed report names."""
    who = made.cast
    held = Counter(
        who.units[unit].system for unit, opened in zip(who.of, who.open_at_end, strict=True) if opened
    )
    six = sum(held[name] for name in SIX_NAMES)
    return {
        "F3.systems": sorted((name for name in held if name), key=lambda name: (-held[name], name)),
        "F3.share": six / sum(held.values()),
        "F3.six_share": six / sum(count for name, count in held.items() if name),
    }


def _main(made: World) -> Any:
    import numpy as np

    return np.array([bool(account.main) for account in made.cast.accounts])
