"""Pages that a resident's record has otherwise than other assets."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assetmap.areas.roles import may_coordinate, may_export
from assetmap.inventory.audience import Status
from assetmap.inventory.generic import EraseView, LayerDetailView, RestoreView

from .approvals import to_hand_over
from .erasure import erase_resident
from .introductions import may_be_asked
from .models import Resident


class ResidentDetailView(LayerDetailView):
    """Her page, with what she lets be seen. It is for people, not for search engines."""

    def get_context_data(self, **kwargs):
        user, resident = self.request.user, self.object
        return super().get_context_data(
            shows_contact=resident.shows_contact_to(user),
            may_be_introduced=may_be_asked(resident, user),
            may_hand_over=self._may_hand_over(resident),
            may_export=user.is_authenticated and may_export(user, self.area),
            **kwargs,
        )

    def _may_hand_over(self, resident):
        in_use = Resident.objects.filter(pk=resident.pk).exclude(status=Status.UNCONFIRMED)
        return may_coordinate(self.request.user, self.area) and in_use.filter(to_hand_over())

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(context, headers={"X-Robots-Tag": "noindex"}, **kwargs)


class ResidentRestoreView(RestoreView):
    """What was put away because the consent to keep it ended comes back with a new one only."""

    def post(self, request, *args, **kwargs):
        resident = self.get_object()
        if resident.may_be_kept:
            return super().post(request, *args, **kwargs)
        messages.warning(
            request, _("The consent to keep it is over. The person can give it anew.")
        )
        return redirect(resident)


class ResidentEraseView(EraseView):
    """Her sign-in goes along, if it was only for this record."""

    erase = staticmethod(erase_resident)
