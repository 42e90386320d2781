"""The page behind the links of the yearly mail: one answers there without signing in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from .audience import Status
from .freshness import read_token
from .models import Asset
from .signed import SignedLinkMixin

ANSWERS = {
    "valid": gettext_lazy("It is still right"),
    "update": gettext_lazy("Change it"),
    "archive": gettext_lazy("Put it in the archive"),
}


class StillView(SignedLinkMixin, TemplateView):
    """Is this still true? Looking changes nothing, for programs that check mails follow links."""

    template_name = "inventory/still.html"

    def opens(self, token):
        self.user, self.asset = read_token(token)
        return self.asset

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
