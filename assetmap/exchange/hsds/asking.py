"""The parameters of the standard, read and checked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import words_in

PER_PAGE = 50
MOST_PER_PAGE = 100  # more is not refused, but this is given
MOST_MINIMAL = 10_000  # of keys and dates alone, which the standard wants all in one page
LAST_PAGE = 1_000_000


class Flag(forms.CharField):
    """True or false; empty is false."""

    words = {"": False, "false": False, "0": False, "true": True, "1": True}

    def clean(self, value):
        try:
            return self.words[(value or "").lower()]
        except KeyError:
            raise ValidationError(_("Write true or false.")) from None


class Moment(forms.DateTimeField):
    """A date and time that every database can hold in every time zone."""

    default_error_messages = {"invalid": _("Write a date and time such as 2026-03-15T10:30:00Z.")}

    def clean(self, value):
        moment = super().clean(value)
        if moment and not 1900 < moment.year < 9000:
            raise ValidationError(_("Write a year between 1901 and 8999."))
        return moment


class PageForm(forms.Form):
    """What every list takes."""

    page = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)
    per_page = forms.IntegerField(min_value=1, required=False)
    format = forms.ChoiceField(choices=[(n, n) for n in ("json", "ndjson")], required=False)
    search = forms.CharField(max_length=100, required=False)

    def clean_search(self):
        words = self.cleaned_data["search"]
        if words and not words_in(words):
            raise ValidationError(_("Search for words: there are no letters in what was typed."))
        return words

    def clean(self):
        cleaned = super().clean()
        minimal = cleaned.get("minimal")
        most = MOST_MINIMAL if minimal else MOST_PER_PAGE
        usual = MOST_MINIMAL if minimal else PER_PAGE
        cleaned["per_page"] = min(cleaned.get("per_page") or usual, most)
        cleaned["page"] = cleaned.get("page") or 1
        return cleaned


class OrganizationForm(PageForm):
    full = Flag(required=False)
    full_service = Flag(required=False)


class TermForm(PageForm):
    """top_only leaves out terms with a parent; the standard's own words for it miss one."""

    taxonomy_id = forms.UUIDField(required=False)
    parent_id = forms.UUIDField(required=False)
    top_only = Flag(required=False)


class ServiceForm(PageForm):
    full = Flag(required=False)
    minimal = Flag(required=False)
    taxonomy_term_id = forms.UUIDField(required=False)
    taxonomy_id = forms.UUIDField(required=False)
    organization_id = forms.UUIDField(required=False)
    modified_after = Moment(required=False)


class PostcodeForm(forms.Form):
    """Where: at a postcode, or within some metres of its middle."""

    postcode = forms.RegexField(
        r"^\d{4}$",
        required=False,
        error_messages={"invalid": _("Write a postcode of four digits, such as 2300.")},
    )
    proximity = forms.FloatField(min_value=1, max_value=50_000, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("proximity") and not cleaned.get("postcode"):
            self.add_error("proximity", _("Write the postcode too that it is counted from."))
        return cleaned


class LocationForm(PostcodeForm, PageForm):
    full = Flag(required=False)


class ServiceAtLocationForm(PostcodeForm, ServiceForm):
    minimal = None  # the standard has it for services alone
