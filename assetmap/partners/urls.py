from django.urls import include, path

app_name = "partners"
urlpatterns = [
    path("", include("assetmap.partners.finding.urls")),
    path("", include("assetmap.partners.contacts.urls")),
    path("", include("assetmap.partners.matches.urls")),
    path("", include("assetmap.partners.recipes.urls")),
    path("", include("assetmap.partners.searches.urls")),
]
