"""What the tests of chains and meetings share."""

from django.urls import reverse

from assetmap.network.models import Meeting
from residents.models import Consent
from tests.factories import make_resident

WORDS = {
    "reason": "qxreason",
    "one_name": "qxonename",
    "one_contact": "qxonecontact",
    "other_name": "qxothername",
    "other_contact": "qxothercontact",
}
OF_ONE = ["qxonename", "qxonecontact"]
OF_OTHER = ["qxothername", "qxothercontact"]


def url(name, area, *args):
    return reverse(f"network:{name}", args=[area.slug, *args])


def between(area, one, other, name="chains", keys=("from", "to")):
    return f"{url(name, area)}?{keys[0]}={one.uid}&{keys[1]}={other.uid}"


def propose_url(area, one, other):
    return between(area, one, other, "propose", ("one", "other"))


def agreeing(area, name, *purposes, **fields):
    """A resident whom neighbours see and who said yes to some purposes."""
    resident = make_resident(area, name, **{"visibility": "neighbours"} | fields)
    Consent.objects.give(resident, purposes, language="da", channel="web")
    return resident


def proposed(area, connector, one, other, **fields):
    """A meeting that waits for both, or with what the fields say."""
    one, other = sorted([one, other], key=lambda asset: asset.pk)
    fields = {"reason": "qxreason"} | fields
    return Meeting.objects.create(area=area, connector=connector, one=one, other=other, **fields)


def agreed(area, connector, one, other):
    yes = {"one_says_yes": True, "other_says_yes": True, "state": "agreed"}
    return proposed(area, connector, one, other, **yes, **WORDS)


def yes(side):
    """What a side posts to say yes."""
    words = {name: WORDS[f"{side}_{name}"] for name in ("name", "contact")}
    return {"answer": "yes", "side": side} | {f"{side}-{name}": w for name, w in words.items()}


def words_of(meeting):
    meeting.refresh_from_db()
    return "".join(getattr(meeting, name) for name in WORDS)


def shown(words, text):
    return [word for word in words if word in text]
