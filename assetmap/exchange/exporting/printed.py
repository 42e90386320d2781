from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from django.views.generic import TemplateView

from assetmap.explore.facets import chips
from assetmap.explore.paging import page_of
from assetmap.inventory.models import Layer
from residents.links import qr

from .drawing import drawn
from .views import QueryMixin

MOST = 100  # assets on a sheet: about four pages


@method_decorator(gzip_page, name="dispatch")
class PrintView(QueryMixin, TemplateView):
    """The first of the filter's hits on A4: a numbered map, a list, and the way back as a code."""

    template_name = "exchange/exporting/print.html"

    def get_context_data(self, **kwargs):
        rows = self.rows()
        path = self.with_query(self.area.get_absolute_url())
        link = self.request.build_absolute_uri(path)
        return super().get_context_data(
            assets=self.assets,
            chips=chips(self.assets),
            rows=rows,
            layers=[layer for layer in Layer if any(row.layer == layer for row in rows)],
            drawing=drawn(self.area, rows),
            link=link,
            qr=qr(link),
            back=path,
            **kwargs,
        )

    def rows(self):
        """The assets on the sheet, each with its `number`."""
        hits = self.assets.qs.select_related(*Layer.values)
        rows = page_of(hits, self.assets.stretches, "", MOST).rows
        for number, asset in enumerate(rows, 1):
            asset.number = number
        return rows
