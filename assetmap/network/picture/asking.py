from functools import cached_property

from ..pages import NetworkMixin
from ..store import Seen
from ..worked import is_worked_out
from .filters import PictureFilter
from .sight import Sight


class SightMixin(NetworkMixin):
    """A page that shows of the network what its address asks for."""

    needs = ("layout", "position", "collective", "reach")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.asked = PictureFilter(request.GET, area=self.area, user=self.reader)

    @property
    def reader(self):
        """Whose eyes the page is made with."""
        return self.request.user

    @cached_property
    def sight(self):
        return Sight(self.asked, Seen.by(self.reader, self.area))

    @cached_property
    def seen(self):
        """What the page waits for: today's network, then that of the year it shows."""
        now = self.sight.now
        return self.sight.seen if is_worked_out(now, self.needs) else now
