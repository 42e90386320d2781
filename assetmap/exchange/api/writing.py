"""Writing through the API: by coordinators, through the forms of the pages."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from assetmap.areas.roles import may_coordinate
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Gift

from .layers import open_layers
from .problems import Refused
from .reading import area_of, assets_of, names_of, said_by, told
from .sending import add_gifts, as_shown, fill_in, take_out_gift


def area_to_write(slug, user):
    """Return an area that the user coordinates; raise HttpError 403 else."""
    area = area_of(slug)
    if not may_coordinate(user, area):
        raise HttpError(403, _("Only coordinators of this area may write here."))
    return area


def held(area, user, uid):
    """Return an asset as its own layer's model, held against others until the transaction ends."""
    own = get_object_or_404(assets_of(area, user).select_for_update(), uid=uid).child
    own.area = area
    return own


def version_of(sent, header):
    """Return the version that a change began from, as the body or If-Match says it."""
    said = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', (header or "").strip())
    version = sent or (said and int(said[1]))
    if not version:
        raise HttpError(422, _("version: Send the version that you read, or If-Match."))
    return version


def check_version(row, version, current):
    """Refuse a change that began before somebody else's; `current()` is what stands here now."""
    if version != row.version:
        text = _("Somebody else changed this. Read what stands here now, and send it again.")
        raise Refused(409, text, current=current())


def add_asset(area, user, layer, values, gifts, is_new):
    """Return the new asset; raise Refused 409 with those that may be the same one, or 422."""
    form_class = open_layers()[layer]
    empty = form_class(area=area, user=user)
    data = as_shown(empty)
    fill_in(data, {**values, "is_new": is_new})
    add_gifts(data, empty, check_gifts(gifts))
    form = form_class(data, area=area, user=user)
    if not form.is_valid() and form.similar.likely and not open_likely(form):
        fill_in(data, {"is_new": True})  # alike are only residents, of whom nothing is told here
        form = form_class(data, area=area, user=user)
    return saved(form)


def change_asset(asset, user, values, gifts=(), without=None):
    """Return the asset, changed: `values` by field, gifts added, and one gift taken out."""
    form_class = open_layers()[asset.layer]
    if unknown := values.keys() - {*form_class._meta.fields, "languages"}:
        names = ", ".join(sorted(unknown))
        raise Refused(422, _("%s: This layer has no such field.") % names)
    shown = form_class(instance=asset, area=asset.area, user=user)
    data = as_shown(shown)
    fill_in(data, values)
    add_gifts(data, shown, check_gifts(gifts))
    if without and not take_out_gift(data, shown, **without):
        raise Http404
    return saved(form_class(data, instance=asset, area=asset.area, user=user))


def saved(form):
    """Save a form; raise Refused with all that is wrong in it."""
    if form.is_valid():
        return form.save()
    if alike := open_likely(form):
        text = _("It may be here already. If it is another one, send it with “is_new”.")
        raise Refused(409, text, likely=names_of(alike))
    raise Refused(422, " ".join(all_said_by(form)))


def open_likely(form):
    """Return what a form found that may be the same one, residents left out."""
    similar = getattr(form, "similar", None)  # which only the form of an asset has
    return [asset for asset in similar.likely if asset.layer in open_layers()] if similar else []


def all_said_by(form):
    """Return what a form and its rows found wrong."""
    rows = getattr(form, "formsets", [])
    found = said_by(form)
    for row_form in (one for formset in rows for one in formset):
        found += said_by(row_form)
    return [*found, *(text for formset in rows for text in formset.non_form_errors())]


def check_gifts(gifts):
    """Return gifts as sent; raise Refused 422 unless each is a known code or own words."""
    codes = {gift["gift"] for gift in gifts if gift.get("gift")}
    if unknown := codes and codes - set(Gift.objects.values_list("code", flat=True)):
        text = _("gift: “%s” is no code of the vocabulary; see /gifts.")
        raise Refused(422, text % min(unknown))
    if any(bool(gift.get("gift")) == bool(gift.get("text")) for gift in gifts):
        raise Refused(422, _("gift: Send either a code or a text of your own."))
    return gifts


def archive(asset):
    """Put an asset away; what waits for a coordinator is decided on the site."""
    if asset.status == Status.PENDING:
        raise Refused(409, _("It waits for a coordinator. Decide on the site."))
    row = Asset.objects.filter(pk=asset.pk)
    row.update(status=Status.ARCHIVED, updated_at=timezone.now())


def one_told(area, user, uid):
    """Return an asset as data; raise Http404 if the user may not see it."""
    for row in told(list(assets_of(area, user).filter(uid=uid)), user):
        return row
    raise Http404
