from django.urls import path

from . import views

app_name = "explore"
urlpatterns = [
    path("", views.ExploreView.as_view(), name="explore"),
    path("map.geojson", views.MapDataView.as_view(), name="map"),
    path("sources/", views.SourcesView.as_view(), name="sources"),
]
