from typing import NamedTuple


class Value(NamedTuple):
    """How well an asset fits in one part: 0 to 1, and the facts that a sentence is made of.

    facts: tuples whose first says which sentence, the rest are keys and numbers.
    """

    number: float
    facts: tuple = ()
