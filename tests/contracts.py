"""What every layer promises. A layer's test file subclasses LayerContract and adds its own."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assetmap.inventory.languages import LANGUAGE_CODES
from assetmap.inventory.models import Asset, Gift, Offering, SpokenLanguage

from . import factories

CPR = "211062-5629"
ROWS = ("gifts", "milestones", "figures", "roles")
PAGES = ("edit", "archive", "restore", "confirm", "erase")


def form_data(**fields):
    """POST data of an asset's form; rows are given as lists: gifts=[{"what": "bread"}].

    The rows of a layer that asks for none (milestones of a place) are not looked at.
    """
    data = {}
    for prefix in ROWS:
        rows = fields.pop(prefix, [])
        kept = sum(bool(row.get("id")) for row in rows)
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": kept}
        for number, row in enumerate(rows):
            row = {"mode": "can", **row} if prefix == "gifts" else row
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | fields


def as_shown(response, **changes):
    """What a browser would post from the page: every field as it stands, and the changes."""
    form = response.context["form"]
    parts = [form]
    for formset in getattr(form, "formsets", []):
        parts += [formset.management_form, *formset.forms]
    shown = {part[name].html_name: part[name].value() for part in parts for name in part.fields}
    shown = {name: value for name, value in shown.items() if value is not None}
    return {name: value for name, value in shown.items() if value is not False} | changes


def text_of(response):
    return response.content.decode()


def browser_of(user):
    """A second browser beside the test's own, in which the user is signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


class LayerContract:
    """Subclassed by each layer as TestX, with the declarations below."""

    model = None
    make = None  # staticmethod(factories.make_…)
    minimal = {}  # the layer's own required choices
    own_field, own_value, own_shown = "", "", ""  # a field of the layer, and how its page says it
    usual_visibility = "public"
    status_when_added = "active"

    @pytest.fixture
    def asset(self, area):
        return self.make(area, "Bettys Bed", summary="A raised bed", visibility="public")

    @property
    def layer(self):
        return self.model._meta.model_name

    def add_url(self, area):
        return reverse(f"{self.layer}s:add", args=[area.slug])

    def data(self, **fields):
        return form_data(**{"visibility": "public", **self.minimal, **fields})

    def add(self, client, area, **fields):
        return client.post(self.add_url(area), self.data(**fields))

    def listed(self, client, area, name):
        """Whether the list and the map show the name; they must agree."""
        page = text_of(client.get(reverse("explore:explore", args=[area.slug])))
        found = client.get(reverse("explore:map", args=[area.slug]), {"zoom": 20}).json()
        on_map = name in [spot["properties"].get("name") for spot in found["features"]]
        in_list = f">{name}</a>" in page
        assert on_map == in_list
        return in_list

    # Adding

    def test_coordinator_opens_the_add_page(self, client, area, coordinator):
        client.force_login(coordinator)
        page = client.get(self.add_url(area), {"name": "Kløverhuset"})
        assert page.status_code == 200
        assert 'value="Kløverhuset"' in text_of(page)

    def test_adding_needs_only_a_name(self, client, area, coordinator):
        client.force_login(coordinator)
        page = client.get(self.add_url(area))
        saved = client.post(self.add_url(area), as_shown(page, name="Kløverhuset"))
        asset = self.model.objects.get(name="Kløverhuset")
        assert saved.headers["location"] == asset.url("detail")
        assert (asset.area, asset.layer, asset.created_by) == (area, self.layer, coordinator)
        assert (asset.version, asset.latitude) == (1, None)
        assert asset.status == self.status_when_added
        assert timezone.now() - asset.confirmed_at < timedelta(minutes=1)

    def test_what_was_added_is_said_and_shown(self, client, area, coordinator):
        client.force_login(coordinator)
        saved = self.add(client, area, name="Kløverhuset", summary="Red door at the back")
        page = text_of(client.get(saved.headers["location"]))
        assert "“Kløverhuset” is in the inventory now." in page
        assert "Red door at the back" in page

    def test_usual_visibility_is_chosen_unless_somebody_chooses(self, client, area, coordinator):
        client.force_login(coordinator)
        page = client.get(self.add_url(area))
        client.post(self.add_url(area), as_shown(page, name="As it stood"))
        client.post(self.add_url(area), as_shown(page, name="Chosen", visibility="partners"))
        assert Asset.objects.get(name="As it stood").visibility == self.usual_visibility
        assert Asset.objects.get(name="Chosen").visibility == "partners"
        assert self.make(area).visibility == self.usual_visibility

    @pytest.mark.parametrize(
        "name", ["", "   ", "x" * 10_000, "a\x00b"], ids=["blank", "spaces", "endless", "nul"]
    )
    def test_impossible_name_is_refused(self, client, area, coordinator, name):
        client.force_login(coordinator)
        refused = self.add(client, area, name=name)
        assert refused.status_code == 200
        assert list(refused.context["form"].errors) == ["name"]
        assert not Asset.objects.exists()

    @pytest.mark.parametrize(
        ("latitude", "longitude", "wrong"),
        [
            ("55.65", "", "longitude"),
            ("", "12.59", "longitude"),
            ("91", "12.59", "latitude"),
            ("55.65", "-180.5", "longitude"),
            ("nan", "12.59", "latitude"),
            ("inf", "12.59", "latitude"),
            ("1e308", "12.59", "latitude"),
            ("abc", "12.59", "latitude"),
        ],
    )
    def test_impossible_position_is_refused(
        self, client, area, coordinator, latitude, longitude, wrong
    ):
        client.force_login(coordinator)
        refused = self.add(client, area, name="Afar", latitude=latitude, longitude=longitude)
        assert refused.status_code == 200
        assert wrong in refused.context["form"].errors
        assert not Asset.objects.exists()

    def test_cpr_number_is_refused_in_every_text_field(self, client, area, coordinator):
        client.force_login(coordinator)
        page = client.get(self.add_url(area))
        fields = page.context["form"].fields
        names = [
            name
            for name, field in fields.items()
            if type(field) is forms.CharField and (field.max_length or 99) > len(CPR)
        ]
        refused = self.add(client, area, **dict.fromkeys(names, f"I am {CPR}"))
        errors = refused.context["form"].errors
        assert {"name", "summary", "address", "photo_alt"} <= set(names)
        assert [name for name in names if errors[name].as_data()[0].code != "cpr"] == []
        assert "nobody&#x27;s CPR number may be kept here" in text_of(refused)
        assert CPR not in str(errors)
        assert not Asset.objects.exists()

    def test_html_is_shown_as_text(self, client, area, coordinator):
        client.force_login(coordinator)
        bad = "<script>alert(1)</script>"
        saved = self.add(
            client, area, name=bad, summary=bad, gifts=[{"what": bad, "note": bad, "times": bad}]
        )
        Asset.objects.update(status="active")
        explore = reverse("explore:explore", args=[area.slug])
        edit = Asset.objects.get().url("edit")
        for url in (saved.headers["location"], explore, edit):
            page = text_of(client.get(url))
            assert bad not in page
            assert "&lt;script&gt;alert(1)" in page

    # Editing

    def test_edit_page_shows_what_is_kept(self, client, coordinator, asset):
        client.force_login(coordinator)
        page = client.get(asset.url("edit"))
        assert page.status_code == 200
        assert 'value="Bettys Bed"' in text_of(page)
        assert "A raised bed</textarea>" in text_of(page)

    def test_edit_changes_base_and_own_fields_and_raises_version(self, client, coordinator, asset):
        client.force_login(coordinator)
        page = client.get(asset.url("edit"))
        changes = {"name": "Inges Bed", "summary": "Two beds", self.own_field: self.own_value}
        saved = client.post(asset.url("edit"), as_shown(page, **changes))
        assert saved.headers["location"] == asset.url("detail")
        kept = self.model.objects.get(pk=asset.pk)
        assert (kept.name, kept.summary, kept.version) == ("Inges Bed", "Two beds", 2)
        assert str(getattr(kept, self.own_field)) == str(self.own_value)
        assert self.own_shown in text_of(client.get(asset.url("detail")))

    def test_edited_name_is_found_and_the_old_one_is_not(self, client, coordinator, asset):
        client.force_login(coordinator)
        client.post(asset.url("edit"), as_shown(client.get(asset.url("edit")), name="Ågård"))
        assert Asset.objects.search("aagaard").count() == 1
        assert not Asset.objects.search("bettys").exists()

    def test_stale_edit_is_refused_with_both_texts_and_then_saved(
        self, client, coordinator, asset
    ):
        client.force_login(coordinator)
        page = client.get(asset.url("edit"))
        mine = as_shown(page, name="Mine", **{self.own_field: self.own_value})
        client.post(asset.url("edit"), as_shown(page, name="Theirs", summary="Theirs too"))

        refused = client.post(asset.url("edit"), mine)
        assert "Somebody else changed this while you were writing." in text_of(refused)
        assert "<td>Theirs</td><td>Mine</td>" in text_of(refused)
        kept = self.model.objects.get(pk=asset.pk)
        assert (kept.name, kept.summary, kept.version) == ("Theirs", "Theirs too", 2)
        assert getattr(kept, self.own_field) == getattr(asset, self.own_field)

        client.post(asset.url("edit"), as_shown(refused))
        kept = self.model.objects.get(pk=asset.pk)
        assert (kept.name, kept.summary, kept.version) == ("Mine", "A raised bed", 3)

    def test_edit_without_a_version_is_refused(self, client, coordinator, asset):
        client.force_login(coordinator)
        refused = client.post(asset.url("edit"), self.data(name="Blind"))
        assert "Somebody else changed this" in text_of(refused)
        assert Asset.objects.get(pk=asset.pk).name == "Bettys Bed"

    # Archive, restore, confirm

    def test_archive_hides_it_and_restore_brings_it_back(self, client, area, coordinator, asset):
        asset.latitude, asset.longitude = 55.6525, 12.5968
        asset.save()
        assert self.listed(client, area, "Bettys Bed")

        browser_of(coordinator).post(asset.url("archive"))
        assert not self.listed(client, area, "Bettys Bed")
        assert client.get(asset.url("detail")).status_code == 404
        archive = browser_of(coordinator).get(reverse("inventory:archive", args=[area.slug]))
        assert "Bettys Bed" in text_of(archive)

        browser_of(coordinator).post(asset.url("restore"))
        assert self.listed(client, area, "Bettys Bed")
        assert client.get(asset.url("detail")).status_code == 200

    def test_only_what_is_archived_is_erased_and_then_for_good(self, client, coordinator, asset):
        factories.make_offering(asset)
        client.force_login(coordinator)
        assert client.post(asset.url("erase")).status_code == 404
        client.post(asset.url("archive"))
        said = client.post(asset.url("erase"), follow=True)
        assert "“Bettys Bed” is erased." in text_of(said)
        assert not Asset.objects.exists()
        assert not self.model.objects.exists()

    def test_an_owner_erases_nothing_here(self, client, area, neighbour, asset):
        Asset.objects.filter(pk=asset.pk).update(owner=neighbour, status="archived")
        client.force_login(neighbour)
        assert client.post(asset.url("erase")).status_code == 404
        assert Asset.objects.exists()

    def test_confirm_says_that_it_is_right_as_of_now(self, client, coordinator, asset):
        client.force_login(coordinator)
        said = client.post(asset.url("confirm"), follow=True)
        assert "“Bettys Bed” is still right as of today." in text_of(said)
        confirmed_at = Asset.objects.get(pk=asset.pk).confirmed_at
        assert timezone.now() - confirmed_at < timedelta(minutes=1)

    def test_buttons_do_nothing_when_only_looked_at(self, client, coordinator, asset):
        client.force_login(coordinator)
        for page in ("archive", "restore", "confirm", "erase"):
            assert client.get(asset.url(page)).status_code == 405
        assert Asset.objects.get(pk=asset.pk).updated_at == asset.updated_at

    # Refusals

    def test_visitor_is_asked_to_sign_in(self, client, area, asset):
        before = Asset.objects.values().get()
        for url in (self.add_url(area), *(asset.url(page) for page in PAGES)):
            for send in (client.get, client.post):
                sign_in = f"{reverse('account_request_login_code')}?next={url}"
                assert send(url, self.data(name="Taken")).headers["location"].startswith(sign_in)
        assert Asset.objects.values().get() == before

    @pytest.mark.parametrize("who", ["neighbour", "partner", "stranger"])
    def test_others_cannot_change_it(self, request, client, area, asset, who):
        client.force_login(request.getfixturevalue(who))
        before = Asset.objects.values().get()
        for url in (self.add_url(area), *(asset.url(page) for page in PAGES)):
            assert client.get(url).status_code in (403, 404, 405)  # buttons cannot be looked at
            assert client.post(url, self.data(name="Taken", version=1)).status_code in (403, 404)
        assert Asset.objects.values().get() == before
        page = text_of(client.get(asset.url("detail")))
        assert asset.url("edit") not in page
        assert asset.url("archive") not in page

    def test_asset_of_another_area_is_not_under_this_one(
        self, client, area, other_area, coordinator
    ):
        elsewhere = self.make(other_area, "Elsewhere", visibility="public")
        client.force_login(coordinator)
        for page in ("detail", *PAGES):
            url = reverse(f"{self.layer}s:{page}", args=[area.slug, elsewhere.uid])
            assert client.get(url).status_code in (404, 405)
            assert client.post(url, self.data(name="Taken", version=1)).status_code in (404, 405)
        kept = Asset.objects.get()
        assert (kept.name, kept.status, kept.confirmed_at) == ("Elsewhere", "active", None)

    def test_asset_is_not_under_another_layer(self, client, area, asset):
        other = "residents" if self.layer != "resident" else "places"
        url = reverse(f"{other}:detail", args=[area.slug, asset.uid])
        assert client.get(url).status_code == 404

    @pytest.mark.parametrize(
        ("visibility", "seen_by"),
        [
            ("neighbours", {"neighbour", "partner", "coordinator"}),
            ("partners", {"partner", "coordinator"}),
            ("private", {"coordinator"}),
        ],
    )
    def test_page_opens_only_for_its_audience(
        self, request, client, area, asset, visibility, seen_by
    ):
        Asset.objects.update(visibility=visibility)
        assert client.get(asset.url("detail")).status_code == 404
        for who in ("neighbour", "partner", "coordinator", "stranger"):
            page = browser_of(request.getfixturevalue(who)).get(asset.url("detail"))
            assert page.status_code == (200 if who in seen_by else 404), who

    # Size

    @pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "coordinator"])
    def test_page_takes_no_more_queries_when_it_holds_more(
        self, client, area, coordinator, asset, signed_in
    ):
        if signed_in:
            client.force_login(coordinator)
        client.get(asset.url("detail"))
        counts = []
        for numbers in (range(2), range(2, 12)):
            grow(asset, numbers)
            with CaptureQueriesContext(connection) as queries:
                page = text_of(client.get(asset.url("detail")))
            counts.append(len(queries))
        assert len(re.findall(r"Friend \d+</a>", page)) == 24
        assert counts[1] <= counts[0]


def grow(asset, numbers):
    """Give the asset gifts, wishes, languages and ties from both ends."""
    gifts = list(Gift.objects.order_by("pk"))
    for number in numbers:
        Offering.objects.create(asset=asset, gift=gifts[number + 20])
        Offering.objects.create(asset=asset, text=f"Own words {number}", mode="join")
        SpokenLanguage.objects.create(asset=asset, code=LANGUAGE_CODES[number])
        for ends in (0, 1):
            friend = factories.make_place(asset.area, f"Friend {number}{ends}")
            factories.make_link(*((asset, friend) if ends else (friend, asset)), "supports")
