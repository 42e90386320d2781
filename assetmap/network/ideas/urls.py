from django.urls import path

from . import views

urlpatterns = [
    path("ideas/", views.IdeasView.as_view(), name="ideas"),
    path("ideas/decide/", views.IdeaView.as_view(), name="idea"),
]
