from django.urls import path

from . import views, waiting_views

app_name = "activities"
urlpatterns = [
    path("", views.WeekView.as_view(), name="week"),
    path("calendar.ics", views.FeedView.as_view(), name="feed"),
    path("waiting/", waiting_views.WaitingView.as_view(), name="waiting"),
    path("add/", views.AddView.as_view(), name="add"),
    path("<uuid:uid>/", views.ActivityView.as_view(), name="detail"),
    path("<uuid:uid>/edit/", views.EditView.as_view(), name="edit"),
    path("<uuid:uid>/decide/", waiting_views.DecideView.as_view(), name="decide"),
    path("<uuid:uid>/erase/", views.EraseView.as_view(), name="erase"),
]
