"""The demo: Urbanplanen from open data, the talk's cases, and neighbours that are made up."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from assetmap.activities.models import Activity
from assetmap.activities.recurrence import next_occurrence
from assetmap.areas.models import Address, Area, Membership, User
from assetmap.demo.people import DEMO_PEOPLE
from assetmap.inventory.models import Asset, Link, Offering, SpokenLanguage
from assetmap.network.models import Recognition
from associations.models import Association, Figure, Milestone
from institutions.models import RoleOffer
from residents.models import Resident
from tests.factories import make_place, make_user

MADE_UP = "Opdigtet til demonstration"
LAYERS = ["resident", "association", "institution", "place"]
SIGN_IN = "/demo/sign-in/"

# The nine cases that the talk tells, and how far each has come.
STAGES = {
    "Urban Art": "self_running",
    "Healthy Girls": "association",
    "Urbanplanens biavlere": "association",
    "Stemmer fra Opgangen": "group",
    "Urbanfestivalen": "activity",
    "Urban Gardening": "activity",
    "Sundhedsambassadørerne": "group",
    "Hiphopskolerne": "activity",
    "G for Gentleman": "group",
}


@pytest.fixture
def urbanplanen(db):
    call_command("load_demo", verbosity=0)
    return Area.objects.get(slug="urbanplanen")


def rows_by_table():
    tables = (Area, Address, Asset, Offering, Link, SpokenLanguage, Milestone, Figure, User)
    return {model.__name__: model.objects.count() for model in (*tables, Membership)}


# What it holds ----------------------------------------------------------------------------


def test_it_loads_the_real_neighbourhood(urbanplanen):
    real = Asset.objects.exclude(source=MADE_UP)
    assert real.count() >= 190
    assert Link.objects.count() >= 130
    assert Address.objects.count() > 3000
    for layer in ("place", "institution", "association"):
        assert real.filter(layer=layer).exists()
    assert not Asset.objects.exclude(area=urbanplanen).exists()
    assert urbanplanen.boundary
    assert urbanplanen.base_map_files


def test_every_imported_row_says_where_it_is_from_and_on_what_terms(urbanplanen):
    real = Asset.objects.exclude(source=MADE_UP)
    for field in ("source", "source_id", "licence"):
        assert not real.filter(**{field: ""}).exists(), field
    ties = Link.objects.exclude(data_source=MADE_UP)
    for field in ("data_source", "licence"):
        assert not ties.filter(**{field: ""}).exists(), field


def test_every_resident_is_plainly_made_up(urbanplanen):
    residents = Resident.objects.all()
    assert residents.count() >= 10
    assert not residents.exclude(name__startswith="Opdigtet nabo", source=MADE_UP).exists()
    assert not residents.exclude(licence="").exists()
    for end in ("source", "target"):
        ties = Link.objects.filter(**{f"{end}__layer": "resident"})
        assert not ties.exclude(data_source=MADE_UP).exists()


def test_what_neighbours_say_is_plainly_made_up_and_waits_and_stands(urbanplanen):
    said = Recognition.objects.all()
    assert not said.exclude(name="Opdigtet", reason__startswith="Eksempel: ").exists()
    assert said.standing().exists() and said.waiting().exclude(resident=None).exists()
    assert said.waiting().filter(resident=None).exists()
    for recognition in said:
        recognition.full_clean(exclude=["answered_at"])


def test_what_happens_and_what_the_library_offers_are_plainly_examples(urbanplanen):
    """A week to look at, and two roles of which some fields are marked."""
    held = Activity.objects.select_related("organiser")
    assert held.count() >= 5
    assert not held.exclude(title__startswith="Eksempel: ").exists()
    for activity in held:
        activity.full_clean(exclude=["created_by", "place"])
        assert activity.gifts.exists()
        assert next_occurrence(activity, activity.first_day)
    offers = RoleOffer.objects.select_related("institution")
    assert not offers.exclude(text__startswith="Eksempel: ").exists()
    assert {offer.institution.name for offer in offers} == {"Solvang Bibliotek"}
    library = offers[0].institution
    assert library.outreach and library.facilitating


def test_nothing_it_holds_would_be_refused_if_it_were_typed_in(urbanplanen):
    for asset in Asset.objects.select_related("area", *LAYERS):
        asset.child.full_clean(validate_unique=False, validate_constraints=False)
    for link in Link.objects.select_related("source", "target"):
        link.full_clean(validate_unique=False, validate_constraints=False)


def test_its_people_can_be_signed_in_as_by_the_buttons_alone(urbanplanen):
    assert User.objects.count() == 3
    for user in User.objects.all():
        assert user.email.endswith("@demo.invalid")
        assert not user.has_usable_password()
        assert not (user.is_staff or user.is_superuser)


def test_the_nine_cases_stand_where_the_talk_left_them(urbanplanen):
    groups = Association.objects.exclude(source=MADE_UP)
    assert dict(groups.values_list("name", "stage")) == STAGES
    for group in groups:
        assert group.summary, group
        assert group.offerings.exists(), group
        assert Link.objects.of(group).exists(), group
    bees = groups.get(name="Urbanplanens biavlere")
    honey = bees.figures.filter(measure="honning").order_by("date")
    assert list(honey.values_list("date", "value", "unit")) == [
        ("2012", 300, "kg"),
        ("2014", 500, "kg"),
    ]
    girls = groups.get(name="Healthy Girls").figures.filter(measure="medlemmer")
    assert sorted(girls.values_list("value", flat=True)) == [40, 300]
    art = groups.get(name="Urban Art")
    assert art.founded == "2013"
    assert {m.stage for m in art.milestones.all()} >= {"association"}


def test_a_second_run_loads_nothing_more_and_changes_nothing(urbanplanen):
    before = rows_by_table()
    place = Asset.objects.filter(layer="place").order_by("pk").first()
    Asset.objects.filter(pk=place.pk).update(name="Et nyt navn")
    call_command("load_demo", verbosity=0)
    assert rows_by_table() == before
    assert Asset.objects.get(pk=place.pk).name == "Et nyt navn"


def test_everything_that_stands_in_the_list_is_on_a_page_that_opens(urbanplanen, client):
    client.post(SIGN_IN)  # nobody: the demo is off, and a visitor looks around
    for layer in ("association", "institution", "place"):
        asset = Asset.objects.filter(layer=layer).order_by("pk").first()
        page = client.get(asset.get_absolute_url())
        assert page.status_code == 200
        assert asset.source in page.content.decode()
    page = client.get("/urbanplanen/sources/").content.decode()
    for credit in ("Københavns Kommune", "CC BY 4.0", "Fakta, genfortalt", "OpenStreetMap"):
        assert credit in page
    bees = client.get("/urbanplanen/?q=honning").content.decode()
    assert "Urbanplanens biavlere" in bees


def test_a_made_up_neighbour_says_so_on_her_page(urbanplanen, client):
    client.force_login(User.objects.get(email="coordinator@demo.invalid"))
    for resident in Resident.objects.order_by("pk"):
        page = client.get(resident.get_absolute_url()).content.decode()
        assert "Opdigtet nabo" in page
        assert MADE_UP in page


def test_loading_beside_other_areas_leaves_them_alone(area, other_area, coordinator):
    make_place(other_area, "Vores")
    Area.objects.filter(pk=area.pk).update(slug="amagerbro")
    call_command("load_demo", verbosity=0)
    assert other_area.assets.count() == 1
    assert area.assets.count() == 0
    assert coordinator.memberships.get().area == area


# Signing in by role -----------------------------------------------------------------------


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def people(area):
    """The demo's people alone, as loading all of Urbanplanen takes a while."""
    return {role: make_user(role, area, email=email) for role, (email, _) in DEMO_PEOPLE.items()}


def signed_in_as(client):
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


@pytest.mark.parametrize("role", ["coordinator", "partner", "resident"])
def test_a_button_signs_one_in_by_role(area, people, demo, client, role):
    response = client.post(SIGN_IN, {"role": role})
    assert (response.status_code, response.url) == (302, "/")
    user = signed_in_as(client)
    assert user.roles == {area.pk: role}
    assert user == people[role]
    assert "Sign out" in client.get("/urbanplanen/").content.decode()
    may_add = client.get("/urbanplanen/places/add/").status_code
    assert may_add == (200 if role == "coordinator" else 403)


def test_the_demos_resident_keeps_a_record_of_her_own(urbanplanen, demo, client):
    client.post(SIGN_IN, {"role": "resident"})
    own = Resident.objects.get(owner=signed_in_as(client))
    assert client.get(own.url("edit")).status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "partner", "resident", "", "xyz"])
def test_without_the_demo_setting_there_is_no_such_page(people, settings, client, role):
    settings.DEMO = False
    assert client.post(SIGN_IN, {"role": role}).status_code == 404
    assert signed_in_as(client) is None


@pytest.mark.parametrize("role", [None, "", "xyz", "administrator", "Coordinator", "\x00"])
def test_an_unknown_role_is_refused_in_words(people, demo, client, role):
    response = client.post(SIGN_IN, {"role": role} if role is not None else {})
    assert response.status_code == 400
    assert "Choose coordinator, partner or resident." in response.content.decode()
    assert signed_in_as(client) is None


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
@pytest.mark.parametrize("on", [True, False])
def test_only_a_button_signs_in_not_a_link(people, settings, client, method, on):
    settings.DEMO = on
    response = getattr(client, method)(f"{SIGN_IN}?role=coordinator")
    assert response.status_code in (404, 405)
    assert signed_in_as(client) is None


def test_a_demo_that_is_not_loaded_signs_nobody_in(demo, client, area):
    make_user("coordinator", area)
    assert client.post(SIGN_IN, {"role": "coordinator"}).status_code == 400
    assert signed_in_as(client) is None


def test_another_site_cannot_press_the_button(people, demo):
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"role": "coordinator"}).status_code == 403
    assert signed_in_as(client) is None


def test_the_buttons_stand_on_every_page_of_the_demo_and_on_no_other(area, settings, client):
    for on in (True, False):
        settings.DEMO = on
        page = client.get("/urbanplanen/").content.decode()
        roles = re.findall(r'<button name="role" value="(\w+)">', page)
        assert roles == (["coordinator", "partner", "resident"] if on else [])
    settings.DEMO = True
    client.force_login(make_user("partner", area))
    assert 'name="role"' not in client.get("/urbanplanen/").content.decode()
