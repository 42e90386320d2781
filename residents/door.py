"""Two ways in without an account: the code of a receipt, and an e-mail that proved itself."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from assetmap.areas.limits import TOO_OFTEN, form_within_limit
from assetmap.areas.models import User
from assetmap.areas.receipts import holder_of, may_hold, sign_in
from assetmap.areas.views import AreaMixin

from .code_forms import CodeForm
from .mails import mail_address_link, read_address_token
from .me import OwnMixin
from .steps import AddressForm


class OpenView(AreaMixin, FormView):
    """The code on a receipt opens her own page for a while. The private link fills it in."""

    template_name = "residents/open.html"
    form_class = CodeForm
    unknown = gettext_lazy("This code opens nothing. Look at the receipt once more.")

    def form_valid(self, form):
        if not form_within_limit(form, self.request, "open_receipt"):
            return self.form_invalid(form)
        holder = holder_of(form.cleaned_data["code"])
        if holder is None:
            form.add_error("code", self.unknown)
            return self.form_invalid(form)
        sign_in(self.request, holder)
        return redirect("me:me", self.area.slug)


class AskAddressView(OwnMixin, FormView):
    """An e-mail to sign in by: kept only once the link that is mailed to it was opened."""

    template_name = "residents/address.html"
    form_class = AddressForm

    def form_valid(self, form):
        resident, email = self.get_resident(), form.cleaned_data["email"]
        if not mail_address_link(self.request, resident, email):
            form.add_error(None, TOO_OFTEN)
            return self.form_invalid(form)
        messages.success(self.request, _("A mail is on its way to %s. Open its link.") % email)
        return redirect("me:me", self.area.slug)


class AddressView(AreaMixin, TemplateView):
    """The link in the mail: a button, as mail programs follow links by themselves."""

    template_name = "residents/address_confirm.html"

    def setup(self, request, *args, token, **kwargs):
        super().setup(request, *args, **kwargs)
        try:
            self.holder, self.email = read_address_token(self.area, token)
        except BadSignature:
            self.holder, self.email = None, ""

    def get_context_data(self, **kwargs):
        name = self.holder and self.holder.owned_assets.filter(area=self.area).first()
        return super().get_context_data(email=self.email, name=name, **kwargs)

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(context, status=200 if self.holder else 410, **kwargs)

    @transaction.atomic
    def post(self, request, **kwargs):
        if self.holder is None:
            return self.get(request)
        account = attach(self.holder, self.email)
        if may_hold(account):  # others get in by a mailed code alone, which lasts for minutes
            sign_in(request, account)
        messages.success(request, _("From now on you can sign in with your e-mail."))
        return redirect("me:me", self.area.slug)


def attach(holder, email):
    """Let a holder of a receipt sign in by an e-mail that proved itself; return the account.

    Somebody who has an account with that e-mail already finds her records there from now on,
    and the holder, who was there only for them, goes.
    """
    known = User.objects.exclude(pk=holder.pk).filter(email=email).first()
    if known is None:
        holder.email = email
        holder.save(update_fields=["email"])
        return holder
    _hand_on(holder, known)
    if holder.email is None:
        holder.delete()
    return known


def _hand_on(holder, known):
    """Let all that hangs on the holder hang on the other account; what that has already stays."""
    has_role = known.memberships.values("area")
    has_asked = known.introductions.values("resident")
    holder.owned_assets.update(owner=known)
    holder.memberships.exclude(area__in=has_role).update(user=known)
    holder.proposals.update(by=known)
    holder.exports.update(user=known)
    asked = holder.introductions.exclude(resident__in=has_asked)
    asked.exclude(resident__owner=known).update(asker=known)
