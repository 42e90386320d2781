"""A text of a file as a value that a field of the inventory takes."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, TextField, URLField
from django.utils.translation import override

from assetmap.areas.dates import PartialDateField, read_partial_date
from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.languages import LANGUAGE_CODES, language_choices
from assetmap.inventory.models import Offering

YES = {"ja", "yes", "true", "sand", "1", "x", "y", "j"}
NO = {"nej", "no", "false", "falsk", "0", "n"}


def value_of(field, text):
    """Return (value, problem): a text as a model field takes it, and what is wrong with it.

    The value is None where there is none to be had. A problem is a pair [code, about].
    """
    try:
        refuse_cpr(text)  # also where the field itself does not look, as in an address of a page
        text, problem = _shortened(field, text)
        return field.clean(_read(field, text), None), problem
    except ValidationError as error:
        if any(part.code == "cpr" for part in error.error_list):
            return None, ["cpr", {"field": str(field.verbose_name)}]
        about = {"text": text[:60], "field": str(field.verbose_name)}
        return None, ["bad_value", about | {"why": " ".join(error.messages)}]


def _shortened(field, text):
    """Long running text is cut, at a word; other fields say themselves what is too long."""
    if not isinstance(field, TextField) or not field.max_length or len(text) <= field.max_length:
        return text, None
    cut = text[: field.max_length - 1].rsplit(" ", 1)[0]
    return f"{cut}…", ["cut", {"field": str(field.verbose_name), "most": field.max_length}]


def _read(field, text):
    if field.choices:
        return choices_of(field).get(fold(text).strip(), text)
    if isinstance(field, BooleanField):
        word = fold(text).strip()
        return True if word in YES else False if word in NO else text
    if isinstance(field, PartialDateField):
        return read_partial_date(text)
    if isinstance(field, URLField) and "://" not in text:
        return f"https://{text}"
    return text


@cache
def choices_of(field):
    """Return {folded label or code: code} of a field with choices, in all languages."""
    known = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {fold(str(label)): code for code, label in field.flatchoices}
    return known | {fold(str(code)): code for code, _label in field.flatchoices}


@cache
def _languages():
    known = {code: code for code in LANGUAGE_CODES}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {fold(name): code for code, name in language_choices()}
    return known


def language_of(text):
    """Return the code of a language that is named in Danish or English, or None."""
    return _languages().get(fold(text).strip())


def mode_of(text):
    """Return the mode of a gift or wish that a text names; "can" where it says nothing."""
    field = Offering._meta.get_field("mode")
    return choices_of(field).get(fold(text).strip(), Offering.Mode.CAN.value)
