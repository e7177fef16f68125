"""Shades for counts: one scale from light to dark that keeps its order in grey and for colour-blind readers."""

_LIGHT = (0xE6, 0xEE, 0xF5)
_DARK = (0x0B, 0x33, 0x5C)


def shade(count: float, most: float) -> str:
    """The fill for a count, white for none; the scale is that of square roots.

    >>> shade(0, 9), shade(9, 9)
    ('#FFFFFF', '#0B335C')
    """
    if count <= 0:
        return "#FFFFFF"
    share = (min(count / most, 1.0) ** 0.5) if most > 1 else 1.0
    parts = (
        round(low + share * (high - low))
        for low, high in zip(_LIGHT, _DARK, strict=True)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)


def ink_on(count: float, most: float) -> str:
    """The colour of a figure printed on that fill."""
    return "#FFFFFF" if most > 0 and count / most > 0.36 else "#1A1D21"
