from django import template

from ..readings.place import may_be_told, place_in_whole

register = template.Library()


@register.inclusion_tag("network/_place_in_whole.html", takes_context=True, name="place_in_whole")
def on_page(context, asset):
    """An asset's place in the network of its area, and where to read more of it."""
    user = context["request"].user
    return {
        "asset": asset,
        "area": asset.area,
        "coordinator": context.get("coordinator"),
        "is_told": may_be_told(asset, user),
        "sentences": place_in_whole(asset, user),
    }
