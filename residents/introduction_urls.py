from django.urls import path

from . import introductions

app_name = "introductions"
urlpatterns = [
    path("", introductions.IntroductionListView.as_view(), name="list"),
    path("ask/<uuid:uid>/", introductions.AskView.as_view(), name="ask"),
    path("<int:pk>/", introductions.AnswerView.as_view(), name="answer"),
    path("<int:pk>/stop/", introductions.StopView.as_view(), name="stop"),
]
