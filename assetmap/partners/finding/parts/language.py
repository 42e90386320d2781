"""One can talk with it in a language."""

from django.db.models import Min, TextField
from django.db.models.functions import Cast

from assetmap.inventory.models import SpokenLanguage

from .value import Value

SPOKEN, IN_ACTIVITY = 1, 0.8


def values(reading):
    """1 if it speaks the language, 0.8 if it holds something in it.

    facts: ("speaks",) or ("activity", activity).
    """
    code = reading.asked.language
    told = reading.held.alias(told=Cast("languages", TextField()))  # as in ["da", "so"]
    first = told.filter(told__contains=f'"{code}"').values_list("organiser")
    first = first.annotate(first=Min("pk"))
    found = {key: Value(IN_ACTIVITY, (("activity", pk),)) for key, pk in first}
    rows = SpokenLanguage.objects.filter(asset__area=reading.area, code=code)
    spoken = rows.values_list("asset", flat=True)
    return found | {key: Value(SPOKEN, (("speaks",),)) for key in spoken}
