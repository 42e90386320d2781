"""What may leave the site at all: as open data for everybody, or as a file for those who may.

Without the right to take data out a file holds what everybody may see, and no residents. With it
a file holds all that the filter shows to whoever takes it; residents among them only after she
said why, and that is noted.
"""

from django.contrib.auth.models import AnonymousUser

from assetmap.areas.roles import may_export
from assetmap.inventory.models import Asset, Layer, Link, layer_models

EVERYBODY = AnonymousUser()


def open_assets():
    """Assets in use that everybody may see, but no residents: they leave by no open standard."""
    return without_residents(Asset.objects.visible_to(EVERYBODY).active())


def open_links():
    """Ties that everybody may see, between assets that are open data."""
    return links_without_residents(Link.objects.visible_to(EVERYBODY).in_use())


def reader_of_files(user, area):
    """Whose eyes a file is made with: hers who may take data out, for others everybody's."""
    return user if may_export(user, area) else EVERYBODY


def layers_without_residents():
    """Return {layer: model} of all layers but the residents, in the layers' order."""
    return {layer: model for layer, model in layer_models().items() if layer != Layer.RESIDENT}


def without_residents(assets):
    return assets.exclude(layer=Layer.RESIDENT)


def links_without_residents(links):
    return links.exclude(source__layer=Layer.RESIDENT).exclude(target__layer=Layer.RESIDENT)
