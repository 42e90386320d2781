from django.urls import path

from . import views

app_name = "explore"
urlpatterns = [
    path("", views.EverywhereView.as_view(), name="everywhere"),
    path("map.geojson", views.MapDataView.as_view(), name="map-everywhere"),
    path("<slug:area>/", views.ExploreView.as_view(), name="explore"),
    path("<slug:area>/map.geojson", views.AreaMapDataView.as_view(), name="map"),
    path("<slug:area>/suggest/", views.SuggestView.as_view(), name="suggest"),
    path("<slug:area>/sources/", views.SourcesView.as_view(), name="sources"),
]
