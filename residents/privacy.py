"""What is told about the handling of personal data: the privacy notice, and the assessment."""

from django.conf import settings
from django.utils.translation import get_language
from django.views.generic import TemplateView

from assetmap.areas.mail import GIVE_UP_AFTER
from assetmap.areas.receipts import SIGNED_IN_FOR
from assetmap.areas.views import AreaMixin, CoordinatorMixin

from .models import Approval
from .models.approval import WAITS_FOR
from .models.consent import LASTS


def facts():
    """Return what the texts say of the system, read from the code so that they stay true."""
    return {
        "consent_years": LASTS.days // 365,
        "person_days": WAITS_FOR[Approval.Who.PERSON].days,
        "guardian_days": WAITS_FOR[Approval.Who.GUARDIAN].days,
        "mail_days": GIVE_UP_AFTER.days,
        "receipt_hours": SIGNED_IN_FOR // 3600,
        "session_days": settings.SESSION_COOKIE_AGE // 86400,
        "tile_origins": settings.TILE_ORIGINS,
    }


class TextView(TemplateView):
    """A long text: the area's own, else ours in the language in use, or in Danish."""

    own_text = ""  # the area's field that replaces our text
    folder = ""  # where ours stands, a file a language

    def get_context_data(self, **kwargs):
        languages = dict.fromkeys([get_language() or "da", "da"])
        return super().get_context_data(
            own_text=getattr(self.area, self.own_text),
            texts=[f"{self.folder}/{language}.html" for language in languages],
            **facts(),
            **kwargs,
        )


class NoticeView(AreaMixin, TextView):
    """The privacy notice, for everybody."""

    template_name = "residents/privacy.html"
    own_text = "privacy_notice"
    folder = "residents/privacy"


class DpiaView(CoordinatorMixin, TextView):
    """The data protection impact assessment (GDPR, article 35), for the coordinators."""

    template_name = "residents/dpia.html"
    own_text = "dpia"
    folder = "residents/dpia"
