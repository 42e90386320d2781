from assetmap.inventory.generic import layer_urls

from .forms import InstitutionForm

app_name = "institutions"
urlpatterns = layer_urls(InstitutionForm)
