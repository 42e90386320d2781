from assetmap.inventory.generic import layer_urls

from .forms import ResidentForm

app_name = "residents"
urlpatterns = layer_urls(ResidentForm)
