from django.urls import path

from . import views

urlpatterns = [
    path("searches/", views.SearchesView.as_view(), name="searches"),
    path("searches/save/", views.SaveView.as_view(), name="search-save"),
    path("searches/<int:pk>/", views.StepView.as_view(), name="search"),
]
