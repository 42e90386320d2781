from django.urls import path

from . import views

app_name = "ogc"
COLLECTION = "collections/<str:name>"
urlpatterns = [
    path("", views.LandingView.as_view(), name="landing"),
    path("api", views.ApiView.as_view(), name="api"),
    path("conformance", views.ConformanceView.as_view(), name="conformance"),
    path("collections", views.CollectionsView.as_view(), name="collections"),
    path(COLLECTION, views.CollectionView.as_view(), name="collection"),
    path(f"{COLLECTION}/queryables", views.QueryablesView.as_view(), name="queryables"),
    path(f"{COLLECTION}/items", views.ItemsView.as_view(), name="items"),
    path(f"{COLLECTION}/items/<str:uid>", views.ItemView.as_view(), name="item"),
    path("<path:rest>", views.NothingView.as_view(), name="nothing"),
]
