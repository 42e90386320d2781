"""The site's addresses, and one more of a view that does nothing: what every page costs."""

from django.http import HttpResponse
from django.urls import include, path

EMPTY = "/nothing"


def nothing(request):
    return HttpResponse()


urlpatterns = [path(EMPTY[1:], nothing), path("", include("assetmap.urls"))]
