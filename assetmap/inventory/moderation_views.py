"""The coordinators' queue of what waits, and "I know more about this", which fills it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from assetmap.areas.limits import form_within_limit
from assetmap.areas.models import Membership
from assetmap.areas.views import CoordinatorMixin

from .audience import Status
from .forms import KnowMoreForm
from .models import Asset, Layer, Offering, Proposal
from .moderation import accept, let_in, propose, told, turn_down, use
from .single import AssetMixin

PAGE = 50  # of each kind, the oldest first


class QueueView(CoordinatorMixin, TemplateView):
    """What waits in the area: new records, words with what they would replace, gifts."""

    template_name = "inventory/queue.html"

    def get_context_data(self, **kwargs):
        editable = Asset.objects.editable_by(self.request.user).filter(area=self.area)
        records = list(self._records(editable))
        words, gifts = list(self._words(editable)), list(self._gifts(editable))
        unconfirmed = list(self._unconfirmed(editable))
        for asset in records:
            asset.told = told(asset)
        return super().get_context_data(
            records=records,
            words=words,
            gifts=gifts,
            unconfirmed=unconfirmed,
            is_full=PAGE in map(len, (records, words, gifts, unconfirmed)),
            page=PAGE,
            **kwargs,
        )

    def _records(self, editable):
        has_role = Membership.objects.filter(area=self.area, user=OuterRef("owner"))
        own_words = Offering.objects.exclude(text="", note="", times="").select_related("gift")
        return (
            editable.filter(status=Status.PENDING)
            .annotate(has_role=Exists(has_role))
            .select_related("area", "owner", "created_by", *Layer.values)
            .prefetch_related(Prefetch("offerings", own_words, to_attr="rows"))
            .order_by("updated_at", "pk")[:PAGE]
        )

    def _unconfirmed(self, editable):
        """What no coordinator decides: here to be found again, and handed over in time."""
        waiting = editable.filter(status=Status.UNCONFIRMED).select_related("area")
        return waiting.order_by("created_at", "pk")[:PAGE]

    def _words(self, editable):
        children = [f"asset__{layer}" for layer in Layer.values]
        return (
            Proposal.objects.filter(asset__in=editable.active())
            .select_related("by", "asset__area", *children)
            .order_by("created_at", "pk")[:PAGE]
        )

    def _gifts(self, editable):
        waiting = Offering.objects.filter(waiting=True)
        return (
            editable.active()
            .filter(pk__in=waiting.filter(asset__area=self.area).values("asset"))
            .select_related("area")
            .prefetch_related(
                Prefetch("offerings", waiting.select_related("gift"), to_attr="rows")
            )
            .order_by("updated_at", "pk")[:PAGE]
        )


class DecisionView(CoordinatorMixin, View):
    """A button in the queue. What changed since it was shown there is not decided unseen."""

    http_method_names = ["post"]
    buttons = {}  # what a button sends, and the method that does it and says what was done
    shown = {}  # how the asset stands as long as there is something to decide

    @transaction.atomic
    def post(self, request):
        try:
            decide = self.buttons[request.POST.get("do")]
            messages.success(request, decide(self, self.get_asset()))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        except (ObjectDoesNotExist, LookupError, ValueError):
            messages.warning(
                request, _("This was decided or changed meanwhile. Here is how it stands now.")
            )
        return redirect("inventory:queue", self.area.slug)

    def get_asset(self):
        """Return the asset in the version that was shown, held until the decision is written."""
        asked = {name: self.request.POST.get(name) for name in ("uid", "version")}
        assets = Asset.objects.editable_by(self.request.user).filter(area=self.area, **self.shown)
        return assets.select_for_update().get(**asked)


class RecordView(DecisionView):
    shown = {"status": Status.PENDING}

    def let_in(self, asset):
        let_in(asset, as_neighbour="neighbour" in self.request.POST)
        return _("“%s” is in use now.") % asset

    def archive(self, asset):
        turn_down(asset)
        return _("“%s” is archived. Only its owner and the coordinators can see it.") % asset

    buttons = {"let-in": let_in, "archive": archive}


class WordsView(DecisionView):
    def use(self, asset):
        use(self._proposals(asset).exclude(field="").get())
        return _("The new words are on the page of “%s” now.") % asset

    def drop(self, asset):
        self._proposals(asset).get().delete()
        return _("Done. “%s” stays as it is.") % asset

    def _proposals(self, asset):
        return asset.proposals.filter(pk=self.request.POST.get("proposal"))

    buttons = {"use": use, "drop": drop}


class GiftsView(DecisionView):
    def accept(self, asset):
        accept(asset, self._rows(asset))
        return _("The words of “%s” are shown now.") % asset

    def remove(self, asset):
        self._rows(asset).delete()
        return _("They are removed from “%s”.") % asset

    def _rows(self, asset):
        ticked = self.request.POST.getlist("row")
        if not ticked:
            raise ValidationError(_("Tick the gifts and wishes that you decide about."))
        waiting = asset.offerings.filter(waiting=True).values_list("pk", flat=True)
        keys = [key for key in waiting if str(key) in ticked]
        if not keys:
            raise Offering.DoesNotExist
        return asset.offerings.filter(pk__in=keys)

    buttons = {"accept": accept, "remove": remove}


class KnowMoreView(AssetMixin, FormView):
    """“I know more about this”: open to all who see the asset; what they write waits.

    Not about residents: what others say of a person is not collected.
    """

    form_class = KnowMoreForm
    template_name = "inventory/know_more.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = self.get_object()

    def get_queryset(self):
        seen = super().get_queryset().visible_to(self.request.user).active()
        return seen.exclude(layer=Layer.RESIDENT)

    def get_initial(self):
        return {"summary": self.object.summary}

    def get_success_url(self):
        return self.object.get_absolute_url()

    def form_valid(self, form):
        if not form_within_limit(form, self.request, "propose"):
            return self.render_to_response(self.get_context_data(form=form), status=429)
        if not form.is_by_a_robot:  # which is not told that it was found out
            for field, text in form.proposed().items():
                propose(self.object, self.request.user, text, field)
        messages.success(self.request, _("Thank you. A coordinator will look at what you wrote."))
        return super().form_valid(form)
