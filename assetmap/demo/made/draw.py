"""Drawing by chance, from a seed."""

import math


class Draw:
    """Draws for one area; the same Random draws the same."""

    def __init__(self, rng):
        self.random = rng.random
        self.bits = rng.getrandbits

    def pick(self, choices):
        return choices[int(self.random() * len(choices))]

    def number(self, low, high):
        """Return a whole number, low <= number < high."""
        return low + int(self.random() * (high - low))

    def chance(self, share):
        return self.random() < share

    def uid(self):
        """Return a version-4 UUID as 32 hexadecimal digits, which both engines take."""
        digits = f"{self.bits(128):032x}"
        return f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"

    def away(self, spread):
        """Return metres and direction from a centre, normally distributed, within 3.5 spreads."""
        metres = spread * math.sqrt(-2 * math.log(1 - 0.9978 * self.random()))
        return metres, self.random() * math.tau


def shares(**parts):
    """Return a tuple to pick from in which each word stands as often as its number says."""
    return tuple(word for word, times in parts.items() for _ in range(times))
