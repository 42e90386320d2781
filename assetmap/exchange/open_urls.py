"""Open standards, and our own API: of all areas of the site."""

from django.urls import include, path

urlpatterns = [
    path("ogc/", include("assetmap.exchange.ogc.urls")),
    path("hsds/", include("assetmap.exchange.hsds.urls")),
    path("", include("assetmap.exchange.api.urls")),
]
