"""The page behind the link that a group's public address gets: it answers without signing in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from assetmap.areas.limits import form_within_limit
from assetmap.inventory.signed import SignedLinkMixin

from .called import with_names
from .forms import OVER, ReplyForm
from .mails import contact_of
from .steps import write


class ReplyView(SignedLinkMixin, FormView):
    """The thread for whoever has the link."""

    template_name = "partners/contact_reply.html"
    form_class = ReplyForm

    def opens(self, token):
        return contact_of(token)

    def get_context_data(self, **kwargs):
        contact = with_names(self.opened, self.request.user)
        contact.to_called = contact.to.name  # to whom the link was mailed, hidden or not
        return super().get_context_data(
            contact=contact, thread=list(contact.messages.all()), **kwargs
        )

    def form_valid(self, form):
        if not form_within_limit(form, self.request, "propose"):
            return self.form_invalid(form)
        if not write(self.opened, form.cleaned_data["text"], None, from_sender=False):
            form.add_error(None, OVER)
            return self.form_invalid(form)
        messages.success(self.request, _("Your answer is sent."))
        return redirect(self.request.path)
