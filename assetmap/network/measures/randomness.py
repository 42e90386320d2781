"""Chance that comes out the same each time: the same ties give the same clusters and picture."""

import random
from contextlib import contextmanager
from threading import Lock

import igraph

_one_at_a_time = Lock()  # igraph has one source of chance for the whole process


@contextmanager
def seeded(seed=1):
    """Let igraph draw its numbers from a source that begins at `seed`."""
    with _one_at_a_time:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
