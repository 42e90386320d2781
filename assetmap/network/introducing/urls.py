from django.urls import path

from . import chain_views, meetings

urlpatterns = [
    path("chains/", chain_views.ChainsView.as_view(), name="chains"),
    path("chains/ends/", chain_views.ChainEndsView.as_view(), name="chain-ends"),
    path("meetings/", meetings.MeetingListView.as_view(), name="meetings"),
    path("meetings/propose/", meetings.ProposeView.as_view(), name="propose"),
    path("meetings/<int:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("meetings/<int:pk>/stop/", meetings.StopView.as_view(), name="meeting-stop"),
    path("meetings/<int:pk>/became/", meetings.BecameView.as_view(), name="meeting-became"),
]
