"""Shares one width among columns, so that none is narrower than it needs."""

from collections.abc import Sequence


def widened(wished: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Return the wished widths, in points, the narrow ones widened to their need at the others' cost.

    The others give in proportion to what they have to spare. Where not all can have what they need, the
    wished widths stay as they are.
    """
    lack = sum(max(0.0, need - wide) for need, wide in zip(needed, wished, strict=True))
    spare = sum(max(0.0, wide - need) for need, wide in zip(needed, wished, strict=True))
    if lack <= 0.0 or spare < lack:
        return list(wished)
    return [
        need if wide < need else wide - (wide - need) * lack / spare
        for need, wide in zip(needed, wished, strict=True)
    ]
