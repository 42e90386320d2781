"""The pages about the network but for its picture, what happens, and partners, like all others."""

import pytest
from django.conf import settings

from assetmap.network.models import Meeting, Recognition
from assetmap.partners.contacts.mails import reply_link
from assetmap.partners.models import Contact, Recipe
from tests import factories
from tests.activities.rows import make_activity

from .pages import SIZES
from .test_accessibility import assert_accessible, assert_fits
from .test_accessibility_residents import assert_good, save

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def network(town):
    """The demo's neighbourhood, in which her record is demo-1 and two meetings wait."""
    town.owner = factories.make_user("resident", town.area, name="Amina")
    town.record = town.assets["demo-1"]
    type(town.record).objects.filter(pk=town.record.pk).update(owner=town.owner)
    town.record.owner = town.owner
    town.recognition = Recognition.objects.waiting().get(resident=None)
    town.asked = meeting(town, town.assets["koret"])
    yes = {"one_says_yes": True, "other_says_yes": True, "state": "agreed"}
    words = {"one_name": "Amina", "one_contact": "20 30 40 50", "other_name": "Bo"}
    place = town.assets["solvangcentret"]
    town.activity = make_activity(town.library, place=place, gifts=["MS1"], off=["2026-12-23"])
    town.contact = Contact.objects.create(
        area=town.area, sender=town.owner, to=town.assets["koret"].asset_ptr
    )
    town.contact.messages.create(author=town.owner, from_sender=True, text="Skal vi synge?")
    town.contact.messages.create(author=None, from_sender=False, text="Ja, meget gerne")
    told = {"title": "Honning på biblioteket", "story": "De slyngede den.", "source": "Oplægget"}
    town.recipe = Recipe.objects.create(area=town.area, **told)
    make_activity(town.library, "Læsekreds", waiting=True)
    town.agreed = meeting(town, town.assets["biavlerne"], **yes, **words)
    return town


def meeting(town, asset, **fields):
    one, other = sorted([town.record, asset], key=lambda asset: asset.pk)
    two = {"one": one.asset_ptr, "other": other.asset_ptr}
    told = {"connector": town.neighbour, "reason": "I kunne bage sammen."}
    return Meeting.objects.create(area=town.area, **two, **told, **fields)


def pages_of_the_coordinator(town):
    home, library = f"{town.home}network/", town.library.uid
    calendar = f"{town.home}activities/"
    koret = town.assets["koret"].uid
    partners, mix = f"{town.home}partners/", f"with={koret}&with={library}"
    return {
        "offers and wishes": f"{partners}matches/",
        "save a recipe": f"{partners}recipes/add/?{mix}",
        "a recipe": town.recipe.get_absolute_url(),
        "readings": f"{home}readings/",
        "chains": f"{home}chains/?from={library}&to={koret}",
        "no chain": f"{home}chains/?from={town.assets['demo-4'].uid}&to_q=xyzzy",
        "propose": f"{home}meetings/propose/?one={library}&other={koret}",
        "meetings": f"{home}meetings/",
        "ideas": f"{home}ideas/",
        "ideas about one": f"{home}ideas/?about={library}&reason=apart",
        "recognitions": f"{home}recognitions/",
        "who is it": f"{home}recognitions/{town.recognition.pk}/",
        "poster": f"{home}recognitions/poster/",
        "a week": f"{calendar}?week=2026-W49&day=2",
        "activities that wait": f"{calendar}waiting/",
        "an activity": town.activity.get_absolute_url(),
        "write an activity down": f"{calendar}add/?organiser={library}",
    }


def pages_of_her(town):
    home, partners = f"{town.home}network/", f"{town.home}partners/"
    search, library = "theme=synge&role=culture&day=3&audience=women", town.library.uid
    return {
        "partners found": f"{partners}?{search}&from={library}",
        "write to somebody": f"{partners}contacts/new/{library}/?{search}",
        "first contacts": f"{partners}contacts/",
        "a first contact": town.contact.get_absolute_url(),
        "save a search": f"{partners}searches/save/?{search}",
        "a meeting to answer": f"{home}meetings/{town.asked.pk}/",
        "a meeting of two": f"{home}meetings/{town.agreed.pk}/",
        "what neighbours say": f"{home}recognitions/mine/",
        "her page": f"{town.home}me/",
        "her record": town.record.get_absolute_url(),
    }


def pages_of_nobody(town):
    home = f"{town.home}network/"
    return {
        "recognise": f"{home}recognise/",
        "recognised": f"{home}recognise/thanks/",
        "find a partner": f"{town.home}partners/",
        "a mix": f"{town.home}partners/recipes/?{mix_of(town)}",
        "an answer by link": reply_link(town.contact).removeprefix(settings.SITE_URL),
        "an asset": town.library.get_absolute_url(),
    }


def mix_of(town):
    return f"with={town.assets['biavlerne'].uid}&with={town.library.uid}"


DENSE = {"write an activity down"}  # as the other forms, whose languages stand close together
PAGES = {
    "coordinator": pages_of_the_coordinator,
    "owner": pages_of_her,
    "nobody": pages_of_nobody,
}


@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing(network, visit, who, subtests):
    page = visit("/healthz", user=getattr(network, who, None))
    for name, path in PAGES[who](network).items():
        with subtests.test(name):
            page.set_viewport_size({"width": 1280, "height": SIZES[1280]})
            page.goto(path)
            (assert_accessible if name in DENSE else assert_good)(page)
            assert_fits(page)


def test_axe_finds_nothing_where_something_was_refused(network, visit, subtests):
    home = f"{network.home}network/"
    page = visit("/healthz", user=network.owner)
    with subtests.test("a recognition with a CPR number"):
        page.goto(f"{home}recognise/")
        page.locator("#id_name").fill("Ida")
        page.locator("#id_reason").fill("Hun har 010203-1234")
        save(page)
        page.get_by_role("alert").wait_for()
        assert_good(page)
    with subtests.test("a meeting that comes too soon"):
        two = f"one={network.library.uid}&other={network.assets['koret'].uid}"
        page.goto(f"{home}meetings/propose/?{two}")
        page.locator("#id_reason").fill("010203-1234")
        save(page)
        page.get_by_role("alert").wait_for()
        assert_fits(page)
