"""The page behind the link that a group's public address gets: it answers without signing in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from assetmap.areas.limits import form_within_limit
from assetmap.areas.views import AreaMixin

from .called import with_names
from .forms import OVER, ReplyForm
from .mails import contact_of
from .steps import write


@method_decorator(never_cache, name="dispatch")
class ReplyView(AreaMixin, FormView):
    """The thread for whoever has the link. Looking changes nothing."""

    template_name = "partners/contact_reply.html"
    form_class = ReplyForm

    def dispatch(self, request, *args, token, **kwargs):
        try:
            self.contact = contact_of(token)
        except SignatureExpired:
            return self.closed(410, _("This link is too old."))
        except (BadSignature, ValidationError):  # forged, or signed and no uid
            self.contact = None
        if self.contact is None or self.contact.area != self.area:
            return self.closed(404, _("This link opens nothing any more."))
        return super().dispatch(request, *args, **kwargs)

    def closed(self, status, why):
        context = {**self.frame(), "why": why}
        return render(self.request, "inventory/still_closed.html", context, status=status)

    def get_context_data(self, **kwargs):
        contact = with_names(self.contact, self.request.user)
        contact.to_called = contact.to.name  # to whom the link was mailed, hidden or not
        return super().get_context_data(
            contact=contact, thread=list(contact.messages.all()), **kwargs
        )

    def form_valid(self, form):
        if not form_within_limit(form, self.request, "propose"):
            return self.form_invalid(form)
        if not write(self.contact, form.cleaned_data["text"], None, from_sender=False):
            form.add_error(None, OVER)
            return self.form_invalid(form)
        messages.success(self.request, _("Your answer is sent."))
        return redirect(self.request.path)
