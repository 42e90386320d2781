from django.urls import path

from . import me

app_name = "me"
urlpatterns = [
    path("", me.MeView.as_view(), name="me"),
    path("data.csv", me.DownloadView.as_view(form="csv"), name="csv"),
    path("data.json", me.DownloadView.as_view(form="json"), name="json"),
    path("erase/", me.EraseView.as_view(), name="erase"),
]
