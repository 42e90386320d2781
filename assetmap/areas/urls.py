from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("<slug:area>/addresses/", views.AddressView.as_view(), name="addresses"),
]
