"""The page behind the links of the yearly mail: one answers there without signing in."""

from django.contrib import messages
from django.core.signing import BadSignature, SignatureExpired
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from assetmap.areas.views import AreaMixin

from .audience import Status
from .freshness import read_token
from .models import Asset

ANSWERS = {
    "valid": gettext_lazy("It is still right"),
    "update": gettext_lazy("Change it"),
    "archive": gettext_lazy("Put it in the archive"),
}


@method_decorator(never_cache, name="dispatch")
class StillView(AreaMixin, TemplateView):
    """Is this still true? Looking changes nothing, for programs that check mails follow links."""

    template_name = "inventory/still.html"

    def dispatch(self, request, *args, token, **kwargs):
        try:
            self.user, self.asset = read_token(token)
        except SignatureExpired:
            return self.closed(410, _("This link is too old."))
        except BadSignature:
            self.asset = None
        if self.asset is None or self.asset.area != self.area:
            return self.closed(404, _("This link opens nothing any more."))
        return super().dispatch(request, *args, **kwargs)

    def closed(self, status, why):
        context = {**self.frame(), "why": why}
        return render(self.request, "inventory/still_closed.html", context, status=status)

    def get_context_data(self, **kwargs):
        first = self.request.GET.get("do")
        answers = sorted(ANSWERS.items(), key=lambda answer: answer[0] != first)
        shown = Asset.objects.visible_to(self.request.user).filter(pk=self.asset.pk).exists()
        return super().get_context_data(
            asset=self.asset, is_shown=shown, answers=answers, **kwargs
        )

    def post(self, request):
        answer = request.POST.get("do")
        if answer == "update":
            return redirect(self.asset.url("edit"))  # which asks to sign in
        if answer in ANSWERS and self.asset.status == Status.ACTIVE:
            getattr(self, answer)()
        elif answer not in ANSWERS:
            messages.warning(request, _("Choose one of the answers."))
        return redirect(request.path)

    def valid(self):
        self.asset.child.confirm(self.user)
        messages.success(
            self.request, _("Thank you: “%s” is still right as of today.") % self.asset
        )

    def archive(self):
        in_use = Asset.objects.filter(pk=self.asset.pk, status=Status.ACTIVE)
        in_use.update(status=Status.ARCHIVED, updated_at=timezone.now())
