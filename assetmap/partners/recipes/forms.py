from django import forms

from assetmap.inventory.versions import VersionedForm

from ..models import Recipe


class RecipeForm(VersionedForm):
    """What they did together, and what came of it; who took part is set by the page."""

    class Meta:
        model = Recipe
        fields = ["title", "story", "numbers", "source"]
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "story": forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        }
