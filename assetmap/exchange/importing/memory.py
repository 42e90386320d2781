"""How a process that only imports looks after its memory."""

import gc


def few_collections():
    """Look for garbage seldom, and never among what was there from the start.

    Rows come and go by the hundred thousand and hold no circles; looking at all that Django
    holds again and again would take a quarter of the time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
