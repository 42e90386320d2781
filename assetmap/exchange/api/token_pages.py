"""The page on which coordinators make tokens for their programs, and take them back."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import CreateView, DeleteView

from assetmap.areas.roles import Role, areas_as

from ..models import Token
from .keys import digest, new_key

MOST = 20  # a person's tokens; more of them would hide the one that leaked
LIFETIMES = [
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (365, gettext_lazy("a year")),
]


class TokenForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it is good for"), choices=LIFETIMES, coerce=int, initial=90
    )

    class Meta:
        model = Token
        fields = ["name"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["name"].help_text = _("Such as the name of the program that uses it.")

    def clean(self):
        if self.user.tokens.count() >= MOST:
            self.add_error(None, _("You have %d tokens. Take one back first.") % MOST)
        return super().clean()

    def save(self):
        """Return the key of the new token, which is kept nowhere."""
        key = new_key()
        self.instance.user, self.instance.digest = self.user, digest(key)
        self.instance.expires_at = timezone.now() + timedelta(days=self.cleaned_data["days"])
        super().save()
        return key


class TokenMixin(UserPassesTestMixin):
    """A page for whoever coordinates somewhere, about her own tokens."""

    def test_func(self):
        user = self.request.user
        return user.is_superuser or bool(areas_as(user, Role.COORDINATOR))

    def get_queryset(self):
        return self.request.user.tokens.all()


@method_decorator(never_cache, name="dispatch")
class TokensView(TokenMixin, CreateView):
    """Her tokens, and a form for one more; the answer to it is the only place the key stands."""

    form_class = TokenForm
    template_name = "exchange/api/tokens.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        key = form.save()
        fresh = self.form_class(user=self.request.user)
        return self.render_to_response(
            self.get_context_data(form=fresh, key=key, made=form.instance)
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(tokens=self.get_queryset(), **kwargs)


class TakeBackView(TokenMixin, DeleteView):
    http_method_names = ["post"]

    def form_valid(self, form):
        self.object.delete()
        messages.success(self.request, _("“%s” opens nothing any more.") % self.object)
        return redirect("api:tokens")
