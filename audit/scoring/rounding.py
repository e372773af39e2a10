"""One rounding, half up, at the end."""

from decimal import Decimal
from fractions import Fraction

FULL = Fraction(100)
PLACES = 2  # of points
SHARE_PLACES = 4  # of shares


def of_hundred(part: Fraction, whole: Fraction) -> Decimal:
    """`part` of `whole` in points of a hundred; 0 of nothing."""
    return rounded(part * FULL / whole if whole else Fraction(0), PLACES)


def rounded(value: Fraction, places: int) -> Decimal:
    """Half up; the value is never negative."""
    return Decimal(int(value * 10**places + Fraction(1, 2))).scaleb(-places)
