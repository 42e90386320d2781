"""What fits a saved search, and what of it is new since its owner was last told."""

from django.http import QueryDict

from assetmap.network.introducing.ends import read_end

from ..finding.forms import FinderForm
from ..finding.ranking import find

LOOKED_THROUGH = 200  # of those who fit, the best


def asked_by(search):
    """Return the Asked that a saved search stands for, read as its owner may see it today."""
    query = QueryDict(search.query)
    asker = read_end("from", query, search.area, search.user)
    return FinderForm(query, area=search.area).asked(asker.chosen)


def fitting(search):
    """Return the keys of the assets that fit a search today, as its owner may see them."""
    answer = find(asked_by(search), search.user, LOOKED_THROUGH)
    return [found.key for found in answer.found]


def new_for(search):
    """Return the keys of those that fit and that its owner has not been told of."""
    known = set(search.known.values_list("pk", flat=True))
    return [key for key in fitting(search) if key not in known]
