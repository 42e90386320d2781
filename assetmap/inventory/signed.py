"""Pages behind a signed link, which is itself the right to look: one need not sign in."""

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from assetmap.areas.views import AreaMixin


@method_decorator(never_cache, name="dispatch")
class SignedLinkMixin(AreaMixin):
    """A page that a link opens, or that says why it does not open anything any more.

    Looking must change nothing, as programs that check mails follow links.
    """

    def opens(self, token):
        """Return the row that a link is for, with an area; None if it is gone.

        Raises BadSignature for what was not signed here, SignatureExpired for what is too old.
        """
        raise NotImplementedError

    def dispatch(self, request, *args, token, **kwargs):
        try:
            self.opened = self.opens(token)
        except SignatureExpired:
            return self.closed(410, _("This link is too old."))
        except (BadSignature, ValidationError):  # forged, or signed and no name of anything
            self.opened = None
        if self.opened is None or self.opened.area != self.area:
            return self.closed(404, _("This link opens nothing any more."))
        return super().dispatch(request, *args, **kwargs)

    def closed(self, status, why):
        context = {**self.frame(), "why": why}
        return render(self.request, "inventory/still_closed.html", context, status=status)
