from django.urls import path

from . import privacy

app_name = "privacy"
urlpatterns = [
    path("", privacy.NoticeView.as_view(), name="notice"),
    path("dpia/", privacy.DpiaView.as_view(), name="dpia"),
]
