from django.urls import path
from django.views.generic import RedirectView

from .application import api, nothing
from .docs import DocsView
from .token_pages import TakeBackView, TokensView

app_name = "api"
urlpatterns = [
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<int:pk>/take-back/", TakeBackView.as_view(), name="take-back"),
    path("v1/docs", DocsView.as_view(), name="docs"),
    path("v1/", RedirectView.as_view(pattern_name="api:docs"), name="start"),
    path("v1/", api.urls),
    path("v1/<path:rest>", nothing, name="nothing"),
]
