"""In and out of one area."""

from django.urls import include, path

urlpatterns = [
    path("import/", include("assetmap.exchange.importing.urls")),
    path("merge/", include("assetmap.exchange.merging.urls")),
    path("backup/", include("assetmap.exchange.backup.urls")),
    path("", include("assetmap.exchange.exporting.urls")),
]
