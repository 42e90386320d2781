from assetmap.inventory.generic import layer_urls

from .forms import AssociationForm

app_name = "associations"
urlpatterns = layer_urls(AssociationForm)
