from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, TemplateView, UpdateView, View
from django.views.generic.detail import SingleObjectMixin

from assetmap.areas.views import AreaMixin, CoordinatorMixin
from assetmap.inventory.versions import HoldMixin

from ..models import Recipe
from .forms import RecipeForm
from .mix import FEWEST, MOST, as_query, look_for, read_mix
from .stories import may_be_part, stories_for

SAVED = 30  # recipes of the area that the page lists


class MixMixin(AreaMixin):
    """A page about a mix of assets, as ?with= names them."""

    @cached_property
    def picked(self):
        return read_mix(self.request.GET, self.area, self.request.user)

    @property
    def is_mix(self):
        return len(self.picked) >= FEWEST


class RecipesView(MixMixin, TemplateView):
    """Pick two to four, and see what others made of such a mix."""

    template_name = "partners/recipes.html"

    def get_context_data(self, **kwargs):
        user, typed = self.request.user, self.request.GET.get("q", "")
        may_add = len(self.picked) < MOST
        found = look_for(typed, self.area, user, self.picked) if may_add else []
        return super().get_context_data(
            picked=[(a, as_query([b for b in self.picked if b != a])) for a in self.picked],
            found=[(asset, as_query([*self.picked, asset])) for asset in found],
            typed=typed,
            may_add=may_add,
            stories=stories_for(self.picked, user) if self.is_mix else [],
            is_mix=self.is_mix,
            query=as_query(self.picked),
            saved=Recipe.objects.filter(area=self.area)[:SAVED],
            **kwargs,
        )


class AddView(CoordinatorMixin, MixMixin, CreateView):
    """Write down what the assets of a mix made together."""

    form_class = RecipeForm
    template_name = "partners/recipe_form.html"

    def get_form_kwargs(self):
        recipe = Recipe(area=self.area, created_by=self.request.user)
        return {**super().get_form_kwargs(), "instance": recipe}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            picked=self.picked, is_mix=self.is_mix, query=as_query(self.picked), **kwargs
        )

    @transaction.atomic
    def form_valid(self, form):
        if not self.is_mix:
            form.add_error(None, _("Pick two to four who took part, on the page of recipes."))
            return self.form_invalid(form)
        answer = super().form_valid(form)
        self.object.parts.set(self.picked)
        messages.success(self.request, _("The recipe is saved. Others find it now."))
        return answer


class RecipeMixin(AreaMixin):
    """A page about one recipe of the area; recipes are for everybody."""

    slug_field = slug_url_kwarg = "uid"
    context_object_name = "recipe"

    def get_queryset(self):
        return Recipe.objects.filter(area=self.area).select_related("area")

    def parts(self):
        """Those who took part, as far as whoever looks may see them."""
        seen = may_be_part(self.request.user).filter(recipes=self.object)
        rows = list(seen.order_by("name_order", "pk"))
        for asset in rows:
            asset.area = self.area
        return rows


class RecipeView(RecipeMixin, DetailView):
    template_name = "partners/recipe.html"

    def get_context_data(self, **kwargs):
        parts = self.parts()
        return super().get_context_data(parts=parts, query=as_query(parts[:MOST]), **kwargs)


class EditView(CoordinatorMixin, HoldMixin, RecipeMixin, UpdateView):
    form_class = RecipeForm
    template_name = "partners/recipe_form.html"
    held = Recipe

    def get_context_data(self, **kwargs):
        return super().get_context_data(picked=self.parts(), is_mix=True, **kwargs)

    def form_valid(self, form):
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)


class EraseView(CoordinatorMixin, RecipeMixin, SingleObjectMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        recipe = self.get_object()
        recipe.delete()
        messages.success(request, _("The recipe “%s” is gone.") % recipe)
        return redirect(reverse("partners:recipes", args=[self.area.slug]))
