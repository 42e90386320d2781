"""What is said of many times."""

import math
import statistics


def percentile(values, share):
    """Return the smallest of the values that so large a share of them does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def spread(values):
    """Return the median and the 95th percentile of milliseconds."""
    return {"p50": rounded(statistics.median(values)), "p95": rounded(percentile(values, 0.95))}


def rounded(milliseconds):
    """To three places: bare SQL may take some microseconds."""
    return round(milliseconds, 3)
