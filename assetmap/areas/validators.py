"""Checks that several models share; each refuses with a sentence that says what to do."""

import re

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from shapely.errors import ShapelyError
from shapely.geometry import shape
from stdnum.dk import cpr, cvr
from stdnum.exceptions import ValidationError as NumberError

_CPR_LIKE = re.compile(r"(?<!\d)(\d{6})[\s.\u2010-\u2015-]{0,3}(\d{4})(?!\d)")


def refuse_cpr(text):
    """Refuse text that holds a Danish civil registration (CPR) number, and do not repeat it."""
    if any(cpr.is_valid("".join(found)) for found in _CPR_LIKE.findall(str(text))):
        raise ValidationError(
            _(
                "This looks like it holds a CPR number. Remove the number: "
                "nobody's CPR number may be kept here."
            ),
            code="cpr",
        )


def check_cvr(number):
    """Refuse a number that is no Danish company number: eight digits that add up."""
    try:
        cvr.validate(number)
    except NumberError:
        raise ValidationError(
            _("This is not a CVR number. It has eight digits; look it up at virk.dk."), code="cvr"
        ) from None


@deconstructible
class GeometryValidator:
    """Refuse anything that is not a valid GeoJSON geometry of the kinds given, in degrees."""

    def __init__(self, *kinds):
        self.kinds = kinds

    def __eq__(self, other):
        return isinstance(other, GeometryValidator) and self.kinds == other.kinds

    def __call__(self, value):
        try:
            geometry = shape(value)
        except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
            raise self.refusal() from None
        west, south, east, north = geometry.bounds or (181, 91, 181, 91)
        inside = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
        # shapely would take the geometry out of a whole Feature
        if value["type"] not in self.kinds or not geometry.is_valid or not inside:
            raise self.refusal()

    def refusal(self):
        return ValidationError(
            _("Write the outline as GeoJSON (%(kinds)s), longitude first, in degrees.")
            % {"kinds": ", ".join(self.kinds)},
            code="outline",
        )


outline_validator = GeometryValidator("Polygon", "MultiPolygon", "LineString", "MultiLineString")
boundary_validator = GeometryValidator("Polygon", "MultiPolygon")

RESERVED_SLUGS = {
    *("account", "admin", "api", "demo", "healthz", "i18n", "map.geojson", "media"),
    *("r", "static", "was"),
}


def not_reserved(slug):
    """Refuse a slug that would hide a page of the site itself."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("“%s” is used by the site itself; choose another.") % slug)
