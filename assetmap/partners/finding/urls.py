from django.urls import path

from . import views

urlpatterns = [
    path("", views.FinderView.as_view(), name="finder"),
    path("aside/", views.AsideView.as_view(), name="aside"),
]
