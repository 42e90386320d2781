"""The languages that people are asked about, named in the language in use."""

from babel import Locale
from django.utils.translation import get_language

LANGUAGE_CODES = (
    *("da", "en", "ar", "bn", "bs", "de", "el", "es", "fa", "fi", "fo", "fr", "hi", "hr", "hu"),
    *("is", "it", "kl", "ku", "lt", "nl", "no", "pa", "pl", "ps", "pt", "ro", "ru", "so", "sq"),
    *("sr", "sv", "sw", "ta", "th", "ti", "tl", "tr", "uk", "ur", "vi", "zh"),
)


def language_name(code):
    """Return the name of a language, such as "somali", in the language in use."""
    return Locale.parse(get_language() or "da", sep="-").languages.get(code, code)


def language_choices():
    """Return (code, name) for every language asked about, Danish and English first."""
    first, rest = LANGUAGE_CODES[:2], LANGUAGE_CODES[2:]
    return [(code, language_name(code)) for code in first] + sorted(
        ((code, language_name(code)) for code in rest), key=lambda pair: pair[1]
    )
