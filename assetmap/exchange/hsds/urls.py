from django.urls import path

from .lists import LISTS
from .views import BaseView, ListView, NothingView, OneView

app_name = "hsds"
urlpatterns = [
    path("", BaseView.as_view(), name="base"),
    *(path(name, ListView.as_view(collection=held), name=name) for name, held in LISTS.items()),
    *(
        path(f"{name}/<str:id>", OneView.as_view(collection=held), name=f"{name}-one")
        for name, held in LISTS.items()
    ),
    path("<path:rest>", NothingView.as_view(), name="nothing"),
]
