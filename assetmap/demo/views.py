from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from .people import demo_user


class SignInView(View):
    """Sign in as one of the demo's people; only where the demo setting is on."""

    http_method_names = ["post"]

    def post(self, request):
        if not settings.DEMO:
            raise Http404
        user = demo_user(request.POST.get("role"))
        if user is None:
            return HttpResponseBadRequest(_("Choose coordinator, partner or resident."))
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("explore:everywhere")
