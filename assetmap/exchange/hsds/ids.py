"""The keys of records that no row of ours stands for one to one; the same at every asking."""

from uuid import UUID, uuid5

_SPACE = UUID("8e5f0f6c-5c6e-4ad4-9a39-6d2c0b9c8f57")
_FREE = UUID("ffffffff-ffff-0fff-3fff-ffffffffffff").int  # all bits but version and variant


def turned(uid, what):
    """Return another key made of a uid, for one use such as "service"; turned again it is the uid.

    So a record is found by its key without a column for it.
    """
    return UUID(int=uid.int ^ uuid5(_SPACE, what).int & _FREE)


def part_id(uid, *what):
    """Return the key of a part of a record, such as its phone."""
    return uuid5(uid, " ".join(what))


def term_id(taxonomy, code=""):
    """Return the key of a taxonomy, or of one of its terms, by their codes."""
    return uuid5(_SPACE, f"{taxonomy} {code}" if code else taxonomy)
