from django.urls import path

from .embed import CodeView, EmbedMapDataView, EmbedView
from .forms import FORMS
from .printed import PrintView
from .views import ChooseView, FileView

app_name = "export"
urlpatterns = [
    path("export/", ChooseView.as_view(), name="choose"),
    path("print/", PrintView.as_view(), name="print"),
    path("embed/", EmbedView.as_view(), name="embed"),
    path("embed/map.geojson", EmbedMapDataView.as_view(), name="embed-map"),
    path("embed/code/", CodeView.as_view(), name="embed-code"),
    *(path(f"export.{form}", FileView.as_view(form=form), name=form) for form in FORMS),
]
