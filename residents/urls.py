from django.urls import path

from assetmap.inventory.generic import layer_urls

from .approvals import HandOverView
from .exports import ExportView
from .forms import ResidentForm
from .pages import ResidentDetailView, ResidentEraseView, ResidentRestoreView

app_name = "residents"
urlpatterns = [
    *layer_urls(
        ResidentForm,
        detail=ResidentDetailView,
        restore=ResidentRestoreView,
        erase=ResidentEraseView,
    ),
    path("<uuid:uid>/hand-over/", HandOverView.as_view(), name="hand-over"),
    path("<uuid:uid>/export/", ExportView.as_view(), name="export"),
]
