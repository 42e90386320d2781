import re

from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.audience import Visibility

_PHONE = re.compile(r"\+?[\d\s().-]{8,20}")


def check_shown_contact(text, level):
    """Refuse a contact that others would read unless it is one phone number or one e-mail.

    So there is nothing in it that a coordinator would have to look at first.
    """
    if not text or level == Visibility.PRIVATE or _PHONE.fullmatch(text.strip()):
        return
    message = _("Others may see this: write one phone number or one e-mail, and nothing else.")
    EmailValidator(message)(text.strip())
