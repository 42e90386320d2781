from django.urls import path

from . import door, me

app_name = "me"
urlpatterns = [
    path("", me.MeView.as_view(), name="me"),
    path("open/", door.OpenView.as_view(), name="open"),
    path("who/", me.WhoView.as_view(), name="who"),
    path("consent/", me.ConsentView.as_view(), name="consent"),
    path("receipt/", me.NewReceiptView.as_view(), name="receipt"),
    path("email/", door.AskAddressView.as_view(), name="ask-address"),
    path("email/<str:token>/", door.AddressView.as_view(), name="address"),
    path("data.csv", me.DownloadView.as_view(form="csv"), name="csv"),
    path("data.json", me.DownloadView.as_view(form="json"), name="json"),
    path("erase/", me.EraseView.as_view(), name="erase"),
]
