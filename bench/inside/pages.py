"""Measures each line of the table."""

import resource

from bench.inside.lines import lines
from bench.inside.measure import gather_statistics, measured
from bench.inside.subject import Subject
from bench.inside.telling import tell


def measure(rounds):
    """Tell {"about": …}, and then {"row": …} for each line of the table."""
    gather_statistics()
    subject = Subject.found()
    tell("about", subject.about())
    for line in lines(subject):
        tell("row", measured(line, rounds))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tell("about", {"megabytes_of_memory": round(most / 1024)})
