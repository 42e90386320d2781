"""A small made-up neighbourhood to find partners in, drawn by a given Random."""

from datetime import time

from assetmap.inventory.models import Gift, SpokenLanguage
from assetmap.partners.finding.asked import Asked
from residents.models import Consent
from tests.activities.rows import WEDNESDAY, make_activity
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
)

GIFTS = ("HR7", "FG3", "MS1", "LK1", "FG7", "DM4", "OT2", "EA6")
LANGUAGES = ("so", "ar", "tr")
TEXTS = ("", "Onsdage kl. 17-19", "Tirsdag 16-18", "efter aftale")
HOURS = ("", "Hverdage 10-20", "Mandag-fredag 9-16, lørdag 10-14", "altid åbent")
AUDIENCES = ("everybody", "women", "men")
CENTRE = (55.6525, 12.5968)


class Town:
    """Assets of all layers with gifts, wishes, languages, activities and ties."""

    def __init__(self, area, random, size=24):
        self.area, self.random = area, random
        self.asker = make_institution(area, "Biblioteket", **self.spot())
        self.connector = make_association(area, "Koret", **self.spot())
        make_link(self.asker, self.connector)
        made = [self.any_asset(number) for number in range(size)]
        self.assets = made
        for _ in range(size):
            one, other = random.sample([self.asker, self.connector, *made], 2)
            self.tie(one, other)

    def spot(self):
        north, east = (self.random.uniform(-0.012, 0.012) for _ in "ne")
        return {"latitude": CENTRE[0] + north, "longitude": CENTRE[1] + east}

    def any_asset(self, number):
        make = self.random.choice([self.resident, self.association, self.institution, self.place])
        asset = make(number)
        for _ in range(self.random.randrange(3)):
            self.offer(asset)
        if self.random.random() < 0.3:
            SpokenLanguage.objects.create(asset=asset, code=self.random.choice(LANGUAGES))
        if asset.layer in ("association", "institution") and self.random.random() < 0.5:
            self.activity(asset)
        return asset

    def resident(self, number):
        text = self.random.choice(TEXTS)
        fields = {"visibility": "public", "availability": text}
        resident = make_resident(self.area, f"Nabo {number}", **fields, **self.spot())
        if self.random.random() < 0.5:
            Consent.objects.give(resident, ["connect"], language="da", channel="web")
        return resident

    def association(self, number):
        audience = self.random.choice(["", "", "Piger og kvinder", "Alle", "Drenge"])
        times = self.random.choice(TEXTS)
        fields = {"audience": audience, "meeting_times": times, **self.spot()}
        return make_association(self.area, f"Forening {number}", **fields)

    def institution(self, number):
        kind = self.random.choice(["school", "culture", "library", "business"])
        hours = self.random.choice(HOURS)
        fields = {"kind": kind, "opening_hours": hours, **self.spot()}
        return make_institution(self.area, f"Institution {number}", **fields)

    def place(self, number):
        kind = self.random.choice(["room", "studio", "park"])
        hours = self.random.choice(HOURS)
        fields = {"kind": kind, "opening_hours": hours, **self.spot()}
        return make_place(self.area, f"Sted {number}", **fields)

    def offer(self, asset):
        code = self.random.choice(GIFTS)
        mode = self.random.choice(["can", "teach", "learn", "join"])
        if not asset.offerings.filter(gift__code=code, mode=mode).exists():
            make_offering(asset, code, mode)

    def activity(self, asset, **fields):
        begins = self.random.choice([9, 13, 19])
        first = WEDNESDAY.replace(day=self.random.randrange(1, 8))
        drawn = {
            "begins": time(begins),
            "ends": time(begins + 2),
            "first_day": first,
            "repeats": self.random.choice(["once", "weekly", "fortnightly", "monthly"]),
            "meant_for": self.random.choice(AUDIENCES),
            "age_from": self.random.choice([None, None, 10, 18]),
            "languages": self.random.choice([[], [], [self.random.choice(LANGUAGES)]]),
            "gifts": [self.random.choice(GIFTS)],
        }
        return make_activity(asset, f"Aktivitet hos {asset.name}", **drawn | fields)

    def tie(self, one, other):
        layers = {one.layer, other.layer}
        if (
            one.links_out.filter(target=other).exists()
            or one.links_in.filter(source=other).exists()
        ):
            return
        make_link(one, other, "supports" if len(layers) > 1 else "works_with")

    def asked(self, **fields):
        """What the library asks, with some of it drawn where nothing is given."""
        drawn = {
            "wanted": tuple(self.keys(self.random.sample(GIFTS[:7], self.random.randrange(3)))),
            "offered": tuple(self.keys(self.random.sample(GIFTS, self.random.randrange(2)))),
            "role": self.random.choice(["", "", "learning", "culture", "home"]),
            "audience": self.random.choice(["", "", *AUDIENCES]),
            "age": self.random.choice([None, None, 12, 30]),
            "language": self.random.choice(["", "", *LANGUAGES]),
            "day": self.random.choice([None, 2, 3]),
            "asker": self.random.choice([None, self.asker.asset_ptr]),
        }
        return Asked(area=self.area, **drawn | fields)

    def keys(self, codes):
        gifts = {gift.code: gift.pk for gift in Gift.objects.filter(code__in=codes)}
        return [gifts[code] for code in codes]
