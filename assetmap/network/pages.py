"""What the pages about an area's network share."""

from functools import cached_property

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRefresh

from assetmap.areas.views import AreaMixin
from assetmap.inventory.models import Tally

from . import working
from .store import Seen
from .worked import is_worked_out

BIG = 5_000  # assets; what a page needs of a larger area is worked out by a process of its own


class NetworkMixin(AreaMixin):
    """A page about the network as whoever looks may see it, today.

    In the list of a view's bases it stands after a mixin that refuses somebody. While what a page
    `needs`, as named in works.py, is being worked out for a large area, another one asks to wait.
    """

    needs = ()

    @cached_property
    def seen(self):
        return Seen.by(self.request.user, self.area)

    def dispatch(self, request, *args, **kwargs):
        asks = request.headers.get("HX-Trigger") == "waiting"
        if request.method == "GET" and self.waits():
            return self.please_wait(asks)
        if asks:
            return HttpResponseClientRefresh()
        return super().dispatch(request, *args, **kwargs)

    def waits(self):
        """Whether what the page needs is not there, and takes too long to work out meanwhile."""
        if not self.needs or is_worked_out(self.seen, ("network", *self.needs)):
            return False
        return number_of_assets(self.area) > BIG

    def please_wait(self, asks):
        """Answer that it is being worked out; `asks`: it is the page that waits who asks again."""
        working.begin(self.seen)
        if asks:
            return HttpResponse(status=204)  # htmx leaves the page as it is
        if self.request.htmx:
            return HttpResponseClientRefresh()  # a part of a page has no room to say it
        answer = render(self.request, "network/waiting.html", self.frame())
        add_never_cache_headers(answer)
        return answer


def number_of_assets(area):
    """How many assets in use an area has, whoever may see them."""
    return Tally.objects.filter(area=area).aggregate(n=Sum("number"))["n"] or 0
