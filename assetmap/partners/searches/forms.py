from urllib.parse import unquote_plus

from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

from ..models import SavedSearch

MOST = 10  # searches of one person in an area: each is looked through for her


class SaveForm(forms.ModelForm):
    """A name for what is looked for, and whether to be told by mail."""

    class Meta:
        model = SavedSearch
        fields = ["name", "by_mail"]

    def clean(self):
        cleaned = super().clean()
        self._refuse_wrong_query(self.instance.query)
        own = SavedSearch.objects.filter(user=self.instance.user, area=self.instance.area)
        if own.count() >= MOST:
            said = _(
                "You have saved %(most)s searches here. Take one out, and save this one then."
            )
            self.add_error(None, said % {"most": MOST})
        return cleaned

    def _refuse_wrong_query(self, query):
        """What is looked for stands in the address, so what is wrong with it is said above."""
        if not query:
            self.add_error(None, _("Look for something first, and save the search then."))
        try:
            refuse_cpr(unquote_plus(query))
        except forms.ValidationError as error:
            self.add_error(None, error)

    def _get_validation_exclusions(self):
        """Whose and what it is are set by the page, so the constraint on them holds here too."""
        return super()._get_validation_exclusions() - {"user", "area", "query"}
