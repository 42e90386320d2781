import pytest
from django.urls import reverse

from assetmap.inventory.models import Asset, Offering
from places.models import Place
from tests import factories
from tests.contracts import CPR, as_shown, browser_of, form_data, text_of

BAD_ROW = "This looks like it holds a CPR number."


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def place(area):
    return factories.make_place(area, "The hall")


def add(client, area, name="Solvang", **fields):
    data = form_data(**{"name": name, "visibility": "public", "kind": "room"} | fields)
    return client.post(reverse("places:add", args=[area.slug]), data)


def edit(client, place, **changes):
    return client.post(
        place.url("edit"), as_shown(client.get(place.url("edit")), **changes), follow=True
    )


def rows_of(place):
    rows = place.offerings.order_by("pk")
    return [(row.gift and row.gift.code, row.text, row.mode) for row in rows]


def row_errors(response):
    return response.context["form"].formsets[0].errors


# Gifts and wishes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("Keep bees", "FG7"), ("  keep BEES ", "FG7"), ("Holde bier", "FG7")),
        *(("honning", "FG7"), ("bigård", "FG7"), ("bigaard", "FG7"), ("beekeeping", "FG7")),
        *(("Øve dansk med en anden", "LA3"), ("biblioteket på hjul", None), ("bi", None)),
    ],
)
def test_typed_words_become_the_gift_they_name(coordinating, area, typed, code):
    add(coordinating, area, gifts=[{"what": typed}])
    assert rows_of(Place.objects.get()) == [(code, "" if code else typed.strip(), "can")]


def test_gift_is_shown_in_the_language_of_the_page(coordinating, area):
    url = add(coordinating, area, gifts=[{"what": "honning"}]).headers["location"]
    assert "Keep bees" in text_of(coordinating.get(url))
    assert "Holde bier" in text_of(coordinating.get(url, headers={"accept-language": "da"}))


def test_asset_is_found_by_its_gift_in_every_language(coordinating, area):
    add(coordinating, area, gifts=[{"what": "Keep bees", "note": "on the roof"}])
    for words in ("honning", "beehives", "holde BIER", "roof"):
        assert Asset.objects.search(words).count() == 1, words


def test_mode_note_and_times_are_kept(coordinating, area):
    row = {"what": "bage", "mode": "teach", "note": "rye bread", "times": "Sundays"}
    add(coordinating, area, gifts=[row])
    kept = Offering.objects.get()
    assert (kept.mode, kept.note, kept.times) == ("teach", "rye bread", "Sundays")


def test_wishes_stand_apart_from_gifts(coordinating, area):
    rows = [{"what": "bage"}, {"what": "yoga på taget", "mode": "learn"}]
    page = coordinating.get(add(coordinating, area, gifts=rows).headers["location"])
    assert [str(row) for row in page.context["gives"]] == ["Bake"]
    assert [str(row) for row in page.context["seeks"]] == ["yoga på taget"]


def test_row_in_which_only_the_way_was_chosen_is_empty(coordinating, area):
    add(coordinating, area, gifts=[{"what": "", "mode": "teach"}, {"what": "  ", "mode": "can"}])
    assert Place.objects.get().offerings.count() == 0


def test_row_with_a_note_and_no_gift_is_refused(coordinating, area):
    refused = add(coordinating, area, gifts=[{"what": "", "note": "on Sundays"}])
    assert "Write what it is, or tick delete." in text_of(refused)
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"), [("Keep bees", "honning"), ("Tøndebånd", "tøndebånd "), ("bage", "bage")]
)
def test_same_gift_twice_is_refused_with_a_sentence(coordinating, area, one, other):
    refused = add(coordinating, area, gifts=[{"what": one}, {"what": other}])
    assert "This gift stands there already in the same way." in text_of(refused)
    assert not Place.objects.exists()


def test_same_gift_may_stand_in_two_ways(coordinating, area):
    add(coordinating, area, gifts=[{"what": "bage"}, {"what": "bage", "mode": "teach"}])
    assert rows_of(Place.objects.get()) == [("FG3", "", "can"), ("FG3", "", "teach")]


def test_two_rows_may_change_places(coordinating, place):
    bees, bread = factories.make_offering(place, "FG7"), factories.make_offering(place, "FG3")
    edit(coordinating, place, **{"gifts-0-what": "Bake", "gifts-1-what": "Keep bees"})
    assert rows_of(place) == [("FG3", "", "can"), ("FG7", "", "can")]
    assert {row.pk for row in place.offerings.all()} == {bees.pk, bread.pk}


def test_rows_that_were_not_touched_stay_as_they_are(coordinating, place):
    factories.make_offering(place, "FG7", note="roof")
    factories.make_offering(place, code=None, text="Tøndebånd")
    before = list(place.offerings.order_by("pk").values())
    edit(coordinating, place, name="Hall")
    assert list(place.offerings.order_by("pk").values()) == before


def test_row_is_removed_and_no_longer_found(coordinating, place):
    factories.make_offering(place, "FG7")
    factories.make_offering(place, "FG3")
    edit(coordinating, place, **{"gifts-0-DELETE": "on"})
    assert rows_of(place) == [("FG3", "", "can")]
    assert not Asset.objects.search("honning").exists()


def test_removed_row_may_be_written_again_in_another(coordinating, place):
    factories.make_offering(place, "FG7")
    edit(coordinating, place, **{"gifts-0-DELETE": "on", "gifts-1-what": "honning"})
    assert rows_of(place) == [("FG7", "", "can")]


def test_emptied_row_asks_to_be_removed(coordinating, place):
    factories.make_offering(place, "FG7")
    refused = edit(coordinating, place, **{"gifts-0-what": ""})
    assert "Write what it is, or tick delete." in text_of(refused)
    assert rows_of(place) == [("FG7", "", "can")]


def test_sixty_rows_fit_and_no_more(coordinating, area):
    rows = [{"what": f"Gift number {n}"} for n in range(61)]
    refused = add(coordinating, area, gifts=rows)
    assert refused.context["form"].formsets[0].non_form_errors()
    assert "at most 60" in text_of(refused)
    assert not Place.objects.exists()
    add(coordinating, area, gifts=rows[:60])
    assert Place.objects.get().offerings.count() == 60


@pytest.mark.parametrize("field", ["what", "note", "times"])
def test_cpr_number_is_refused_in_every_text_of_a_row(coordinating, area, field):
    refused = add(coordinating, area, gifts=[{"what": "bage", field: f"call {CPR}"}])
    assert BAD_ROW in row_errors(refused)[0][field][0]
    assert CPR not in str(row_errors(refused))
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "row", [{"what": "x" * 151}, {"what": "bage", "mode": "sell"}, {"what": "a\x00b"}]
)
def test_impossible_row_is_refused(coordinating, area, row):
    refused = add(coordinating, area, gifts=[row])
    assert any(row_errors(refused))
    assert not Asset.objects.exists()


def test_row_of_another_asset_cannot_be_taken_over(coordinating, area, place):
    theirs = factories.make_offering(factories.make_place(area, "Elsewhere"), "FG7")
    row = {"gifts-INITIAL_FORMS": 1, "gifts-0-id": theirs.pk, "gifts-0-what": "bage"}
    edit(coordinating, place, **row)
    edit(coordinating, place, **row, **{"gifts-0-DELETE": "on"})
    theirs.refresh_from_db()
    assert (theirs.gift.code, theirs.asset.name) == ("FG7", "Elsewhere")
    assert rows_of(place) == []


def test_form_without_its_row_counts_is_refused(coordinating, area):
    data = {"name": "Solvang", "visibility": "public", "kind": "room"}
    refused = coordinating.post(reverse("places:add", args=[area.slug]), data)
    assert refused.status_code == 200
    assert not Asset.objects.exists()


def test_stale_edit_goes_through_though_a_row_was_removed_meanwhile(coordinating, place):
    factories.make_offering(place, "FG7")
    mine = as_shown(coordinating.get(place.url("edit")), name="Mine")
    edit(coordinating, place, name="Theirs", **{"gifts-0-DELETE": "on"})
    refused = coordinating.post(place.url("edit"), mine)
    assert "Somebody else changed this" in text_of(refused)
    coordinating.post(place.url("edit"), as_shown(refused))
    assert Place.objects.get().name == "Mine"


# Where


def test_address_of_the_area_gives_the_position(coordinating, area):
    address = factories.make_address(area)
    add(coordinating, area, address="remisevej 14, 2300 københavn s")
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (address.latitude, address.longitude)
    assert place.cell is not None


def test_pin_counts_more_than_the_address(coordinating, area):
    address = factories.make_address(area)
    add(coordinating, area, address=address.text, latitude="55.65", longitude="12.6")
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (55.65, 12.6)


def test_unknown_address_is_kept_and_said(coordinating, area):
    saved = add(coordinating, area, address="Ukendtvej 7")
    page = text_of(coordinating.get(saved.headers["location"]))
    assert "Put a pin on the map to show where." in page
    assert "Ukendtvej 7 · not on the map yet" in page
    assert Place.objects.get().latitude is None


def test_address_of_another_area_gives_no_position(coordinating, area, other_area):
    add(coordinating, area, address=factories.make_address(other_area).text)
    assert Place.objects.get().latitude is None


def test_pole_is_no_crash(coordinating, area):
    answer = add(coordinating, area, latitude="90", longitude="0")
    assert answer.status_code in (200, 302)


# Is it here already?


@pytest.mark.parametrize("name", ["The hall", "the  HALL", "Hall, the", "The halll"])
def test_likely_the_same_is_shown_and_refused_until_said_to_be_new(
    coordinating, area, place, name
):
    refused = add(coordinating, area, name)
    page = text_of(refused)
    assert "It may be here already." in page
    assert place.get_absolute_url() in page
    assert Place.objects.count() == 1
    coordinating.post(
        reverse("places:add", args=[area.slug]),
        as_shown(refused, is_new="on", visibility="public"),
    )
    assert Place.objects.count() == 2


@pytest.mark.parametrize("name", ["The yard", "Hallelujah choir", "Solvang"])
def test_another_name_is_taken_at_once(coordinating, area, place, name):
    assert add(coordinating, area, name).status_code == 302


def test_like_name_on_the_same_spot_is_likely_the_same(coordinating, area):
    factories.make_place(area, "Kulturhuset Solvang", latitude=55.65, longitude=12.6)
    here = {"latitude": "55.6501", "longitude": "12.6001"}
    assert "It may be here already." in text_of(add(coordinating, area, "Solvang hus", **here))
    assert add(coordinating, area, "Solvang hus").status_code == 302


def test_archived_one_counts_as_here_already(coordinating, area, place):
    Asset.objects.update(status="archived")
    page = text_of(add(coordinating, area, "The hall"))
    assert "It may be here already." in page
    assert "<small>archived</small>" in page


def test_same_name_in_another_area_is_no_matter(coordinating, area, other_area):
    factories.make_place(other_area, "The hall")
    assert add(coordinating, area, "The hall").status_code == 302


def test_edit_does_not_take_an_asset_for_its_own_double(coordinating, place):
    edit(coordinating, place, summary="With a stage")
    assert Place.objects.get().summary == "With a stage"


def similar(client, area, **query):
    return client.get(reverse("inventory:similar", args=[area.slug]), query)


def test_neighbours_are_shown_nearest_first_while_writing(coordinating, area):
    for name, north in (("Far", 0.01), ("Near", 0.0003), ("Nearest", 0.0001), ("Here", 0)):
        factories.make_place(area, name, latitude=55.65 + north, longitude=12.6)
    page = text_of(similar(coordinating, area, name="X", latitude="55,65", longitude="12,6"))
    assert "Far" not in page
    assert page.index("Here") < page.index("Nearest") < page.index("Near<")
    assert "<small>33 m</small>" in page


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"name": "%"},
        {"name": "x" * 5000},
        {"name": "hall\x00hall"},
        {"name": "x", "latitude": "north", "longitude": "east"},
        {"name": "x", "latitude": "nan", "longitude": "nan"},
        {"name": "x", "latitude": "inf", "longitude": "inf"},
        {"name": "x", "latitude": "1e308", "longitude": "1e308"},
        {"name": "x", "latitude": "55.65"},
    ],
)
def test_strange_question_for_neighbours_is_answered(coordinating, area, place, query):
    page = similar(coordinating, area, **query)
    assert page.status_code == 200
    assert "Close by" not in text_of(page)


def test_only_coordinators_may_ask_what_is_similar(client, area, place, partner, stranger):
    assert similar(client, area, name="The hall").status_code == 302
    for user in (partner, stranger):
        assert similar(browser_of(user), area, name="The hall").status_code == 403


# Languages


def test_languages_are_saved_changed_and_shown(coordinating, area):
    page = coordinating.get(add(coordinating, area, languages=["so", "ar"]).headers["location"])
    assert "<p>Arabic, Somali</p>" in text_of(page)
    edit(coordinating, Place.objects.get(), languages=["so", "tr"])
    assert [row.code for row in Place.objects.get().languages.all()] == ["so", "tr"]


def test_unknown_language_is_refused(coordinating, area):
    refused = add(coordinating, area, languages=["so", "elvish"])
    assert "languages" in refused.context["form"].errors
    assert not Asset.objects.exists()


# The short way in


def test_name_and_layer_lead_to_the_layers_form(coordinating, area):
    url = reverse("inventory:add", args=[area.slug])
    assert "What do you want to add?" in text_of(coordinating.get(url, {"name": "Hal & gård"}))
    led = coordinating.get(url, {"name": "Hal & gård", "layer": "place"}, follow=True)
    assert led.context["form"]["name"].value() == "Hal & gård"
    assert coordinating.get(url, {"layer": "planet"}).status_code == 200
