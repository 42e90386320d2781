from django import template

from assetmap.areas.dates import show_partial_date

from ..models import Layer

register = template.Library()

register.filter("partial_date", show_partial_date)


@register.inclusion_tag("inventory/_mark.html")
def mark(layer, size=22):
    """The shape and colour of a layer; the layer's name must stand beside it."""
    return {"number": Layer(layer).number, "size": size}


@register.filter
def field(form, name):
    """A form's field by name, for forms that say their own order."""
    return form[name] if name in form.fields else None


@register.filter
def any_wrong(form, names):
    """Whether one of the named fields has an error, so that its section must stand open."""
    return any(name in form.errors for name in names)
