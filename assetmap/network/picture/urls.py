from django.urls import path

from . import views
from .files import FILES, FileView

urlpatterns = [
    path("", views.PictureView.as_view(), name="picture"),
    path("picture.json", views.PictureDataView.as_view(), name="picture-data"),
    *(path(f"network.{form}", FileView.as_view(form=form), name=form) for form in FILES),
]
