from django.urls import path

from . import unplaced, views

app_name = "import"
urlpatterns = [
    path("", views.StartView.as_view(), name="start"),
    path("unplaced/", unplaced.UnplacedView.as_view(), name="unplaced"),
    path("unplaced/place/", unplaced.PlaceView.as_view(), name="place"),
    path("<uuid:uid>/", views.ImportView.as_view(), name="import"),
    path("<uuid:uid>/columns/", views.MatchView.as_view(), name="match"),
    path("<uuid:uid>/decide/", views.DecideView.as_view(), name="decide"),
    path("<uuid:uid>/write/", views.WriteView.as_view(), name="write"),
    path("<uuid:uid>/undo/", views.UndoView.as_view(), name="undo"),
    path("<uuid:uid>/cancel/", views.CancelView.as_view(), name="cancel"),
    path("<uuid:uid>/report.csv", views.ReportView.as_view(), name="report"),
]
