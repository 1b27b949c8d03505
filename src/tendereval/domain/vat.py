"""What a value without VAT comes to at most."""

from fractions import Fraction
from typing import Final

STANDARD_VAT: Final = Fraction(120, 100)
"""What a value without VAT is multiplied by at most (Value Added Tax Act 1994, s.2(1))."""
