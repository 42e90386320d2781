"""What each field of an institution's two roles is made of: gifts, and kinds of assets.

The fields are RoleOffer's. Which gifts fill which field is our own reading of the talk that the
mission begins from; change it here.
"""

from django.utils.translation import gettext_lazy as _

from institutions.models import Institution, RoleOffer
from places.models import Place

Field = RoleOffer.Field
ROLES = (
    (_("Outreach (A)"), RoleOffer.A),
    (_("A citizens' centre (B)"), RoleOffer.B),
)

GIFTS = {
    Field.SERVICES: ("DM1", "LA5", "LA6", "EA8", "EA9", "MH8", "MH9"),
    Field.LEARNING: ("LK1", "LK2", "LK3", "LK4", "LK5", "LA3", "DM2"),
    Field.BOOKS: ("LA8", "LA9", "LK7"),
    Field.CULTURE: ("MS1", "MS2", "MS5", "MS6", "AH1", "AH2", "AH5", "AH6"),
    Field.VOLUNTEERING: ("OT1", "OT2", "OT9", "WB1", "WB4", "CC1", "HR8"),
    Field.HOME: ("OT3", "OT4", "DM4", "DM5", "DM6", "DM9", "EA6"),
    Field.DEMOCRACY: ("OT7", "OT8", "WB3", "WB6", "DM5", "LA7"),
    Field.TALENT: ("MS2", "MS3", "MS4", "AH6", "AH8", "LK5", "LK6", "EA3"),
    Field.INNOVATION: ("EA1", "EA3", "OT5", "DM7", "DM8", "HR9", "AH8"),
}

# {field: {"institution": kinds, "place": kinds}}
KINDS = {
    Field.SERVICES: {
        "institution": (
            *(Institution.Kind.MUNICIPALITY, Institution.Kind.HEALTH, Institution.Kind.POLICE),
        )
    },
    Field.LEARNING: {"institution": (Institution.Kind.SCHOOL,)},
    Field.BOOKS: {"institution": (Institution.Kind.LIBRARY,)},
    Field.CULTURE: {"institution": (Institution.Kind.CULTURE,), "place": (Place.Kind.STUDIO,)},
    Field.VOLUNTEERING: {"institution": (Institution.Kind.COMMUNITY_WORK,)},
    Field.HOME: {"place": (Place.Kind.ROOM, Place.Kind.CENTRE)},
    Field.DEMOCRACY: {"institution": (Institution.Kind.HOUSING,)},
    Field.TALENT: {"institution": (Institution.Kind.SPORT,), "place": (Place.Kind.STUDIO,)},
    Field.INNOVATION: {"institution": (Institution.Kind.BUSINESS,)},
}
