from django.urls import include, path

app_name = "network"
urlpatterns = [
    path("", include("assetmap.network.picture.urls")),
    path("", include("assetmap.network.readings.urls")),
    path("", include("assetmap.network.introducing.urls")),
    path("", include("assetmap.network.ideas.urls")),
    path("", include("assetmap.network.recognitions.urls")),
]
