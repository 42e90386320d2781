"""What the partner finder has to say on an asset's own page."""

from django import template

from assetmap.inventory.models import Layer

from ..matches.own import matches_of
from ..roles.balance import balance_of

register = template.Library()


@register.inclusion_tag("partners/_own_matches.html", takes_context=True)
def own_matches(context, asset):
    """Who gives what it wishes for, and who wishes for what it gives: for those who keep it."""
    user = context["request"].user
    if not asset.is_editable_by(user):
        return {}
    return {"asset": asset, "matches": matches_of(asset, user)}


@register.inclusion_tag("partners/_roles.html", takes_context=True)
def roles(context, asset):
    """What an institution offers in its two roles, and who could fill the fields left open."""
    if asset.layer != Layer.INSTITUTION:
        return {}
    user = context["request"].user
    balance = balance_of(asset, user)
    may_edit = asset.is_editable_by(user)
    return {"asset": asset, "area": asset.area, "balance": balance, "may_edit": may_edit}
