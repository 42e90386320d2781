from django.urls import path

from . import views

app_name = "merge"
urlpatterns = [
    path("", views.MergeListView.as_view(), name="list"),
    path("<int:pk>/undo/", views.UndoView.as_view(), name="undo"),
    path("<uuid:uid>/", views.ChooseView.as_view(), name="choose"),
    path("<uuid:uid>/<uuid:other>/", views.MergeView.as_view(), name="merge"),
]
