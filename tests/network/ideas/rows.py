"""What the tests of ideas are made of."""

from assetmap.network.ideas.facts import Facts, load_facts, willing_in
from assetmap.network.ideas.ideas import find
from assetmap.network.store import Seen
from residents.models import Consent
from tests import factories

NORTH = 1 / 111_320  # degrees of latitude in a metre


def make_willing(area, name=None, **fields):
    """A resident who said yes to being suggested."""
    resident = factories.make_resident(area, name, **fields)
    agree(resident)
    return resident


def agree(resident):
    Consent.objects.give(resident, [Consent.Purpose.CONNECT], language="da", channel="paper")


def metres_north(metres):
    """Where something lies so far north of where places lie by default."""
    return {"latitude": 55.6525 + metres * NORTH, "longitude": 12.5968}


def facts_in(area):
    return load_facts(Seen(area, "coordinator"), willing_in(area))


def ideas_in(area, by=lambda asset: asset.name):
    """{(name, name): Idea} of all ideas for an area, before any is left out."""
    names = {asset.pk: by(asset) for asset in area.assets.all()}
    return {(names[idea.one], names[idea.other]): idea for idea in find(facts_in(area))}


def reasons_in(area, kind):
    """{(name, name): facts} of the reasons of one kind."""
    return {
        pair: reason.facts
        for pair, idea in ideas_in(area).items()
        for reason in idea.reasons
        if reason.kind == kind
    }


def facts_of(network, **columns):
    """Facts about a network that was made without a database."""
    number = len(network)
    usual = {"open": True, "reveals": False, "spots": None, "hours": {}, "gives": {}, "seeks": {}}
    made = {name: columns.get(name, [what] * number) for name, what in usual.items()}
    return Facts(network=network, tied=set(network.between), **made)
