"""“Who do you go to, and why?”: asked of everybody, with no account needed."""

from django.shortcuts import redirect
from django.views.generic import CreateView, TemplateView

from assetmap.areas.limits import form_within_limit
from assetmap.areas.views import AreaMixin

from .forms import RecognitionForm


class RecogniseView(AreaMixin, CreateView):
    """A first name and a reason, which wait for a coordinator. Who wrote them is not kept."""

    form_class = RecognitionForm
    template_name = "network/recognise.html"

    def form_valid(self, form):
        if not form_within_limit(form, self.request, "recognise"):
            return self.render_to_response(self.get_context_data(form=form), status=429)
        if not form.is_by_a_robot:  # which is not told that it was found out
            form.instance.area = self.area
            form.save()
        return redirect("network:recognised", self.area.slug)


class ThanksView(AreaMixin, TemplateView):
    """What happens next."""

    template_name = "network/recognised.html"
