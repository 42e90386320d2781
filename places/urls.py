from assetmap.inventory.generic import layer_urls

from .forms import PlaceForm

app_name = "places"
urlpatterns = layer_urls(PlaceForm)
