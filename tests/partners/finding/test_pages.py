"""The finder's page: what it asks, what it answers in words, and what is put aside."""

import html
import re

import pytest
from django.urls import reverse

from assetmap.partners.models import Aside, Contact
from tests.activities.rows import make_activity
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_resident,
    make_user,
)
from tests.partners.words import words_of

URL = "/urbanplanen/partners/"
ASIDE = "/urbanplanen/partners/aside/"


@pytest.fixture
def library(area):
    return make_institution(area, "Solvang Bibliotek", latitude=55.6525, longitude=12.5968)


@pytest.fixture
def sewers(area, library):
    """400 m away, teach sewing, meet on Wednesdays, known through the choir."""
    choir = make_association(area, "Koret")
    sewers = make_association(
        area, "Syklubben", latitude=55.6525 + 400 / 111_320, longitude=12.5968
    )
    make_offering(sewers, "HR7", "teach")
    make_activity(sewers, "Syaften")
    make_link(library, choir)
    make_link(sewers, choir, "supports")
    return sewers


def ask(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response


def found(response):
    return [card.asset.name for card, _contacts in response.context["cards"]]


def test_tells_why_each_fits(client, library, sewers):
    page = words_of(ask(client, f"theme=sy&day=3&from={library.uid}"))
    assert "Syklubben" in page
    gift = sewers.offerings.get().gift
    assert f"Can teach “{gift}”." in page
    assert "Meets on Wednesday, so Thursday is free." in page
    assert "400 m from Solvang Bibliotek." in page
    assert "No tie to Solvang Bibliotek yet." in page
    assert "Known to Solvang Bibliotek through Koret." in page


def test_before_anything_is_asked_it_offers_beginnings(client, sewers):
    response = ask(client)
    assert found(response) == []
    for query in re.findall(r'class="chip" href="\?([^"#]*)#found"', response.content.decode()):
        assert ask(client, html.unescape(query)).context["asked"].is_empty is False


def test_words_that_are_no_gift_are_looked_for_as_they_stand(client, area):
    make_association(area, "Dronepilotforeningen")
    response = ask(client, "theme=dronepilot")
    assert found(response) == ["Dronepilotforeningen"]
    assert "“dronepilot” is found in what it tells of itself." in words_of(response)


@pytest.mark.parametrize("typed", ["sy", "SY", "sewing", " sy ,"])
def test_a_gift_is_known_by_any_of_its_names(client, sewers, typed):
    assert "Syklubben" in found(client.get(URL, {"theme": typed}))


def test_an_offer_that_is_no_gift_is_said(client, area):
    page = words_of(ask(client, "give=qwertyuiop&theme=sy"))
    assert "“qwertyuiop” is no gift that is known here" in page


@pytest.mark.parametrize(
    "query",
    [
        "day=9&theme=sy",
        "time=midnight&theme=sy",
        "audience=cats&theme=sy",
        "age=old&theme=sy",
        "language=xx&theme=sy",
        "role=king&theme=sy",
        "layer=ghost&theme=sy",
        "w_gift=9&theme=sy",
        "w_gift=x&theme=sy",
        "from=nonsense&theme=sy",
        "from=%00&theme=sy",
        "theme=sy&day=3&from_q=%00%F0%9F%98%80",
    ],
)
def test_what_means_nothing_is_left_out_and_the_rest_holds(client, sewers, query):
    assert "Syklubben" in found(ask(client, query))


@pytest.mark.parametrize("name", ["day", "role", "w_gift"])
def test_what_means_nothing_is_said(client, area, name):
    assert ask(client, f"{name}=nonsense").context["form"].errors[name]


def test_many_words_are_no_fault(client, area):
    assert ask(client, f"theme={'a,' * 90}").status_code == 200


def test_weights_move_the_order(client, area):
    teacher, room = make_association(area, "Lærer"), make_association(area, "Rumsøger")
    make_offering(teacher, "HR7", "teach")
    make_offering(room, "EA6", "join")
    asked = "theme=sy&room=on"
    assert found(ask(client, f"{asked}&w_gift=5&w_wish=1")) == ["Lærer", "Rumsøger"]
    assert found(ask(client, f"{asked}&w_gift=1&w_wish=5")) == ["Rumsøger", "Lærer"]


def test_a_search_by_a_part_of_the_name_chooses_who_is_looking(client, library, sewers):
    response = ask(client, "theme=sy&from_q=solvang")
    assert response.context["asker"] == library.asset_ptr


def test_a_resident_is_met_by_way_of_her_page(client, area):
    resident = make_resident(area, "Ida", visibility="public")
    make_offering(resident, "HR7")
    page = ask(client, "theme=sy").content.decode()
    assert "See the page and ask to meet" in page
    assert reverse("partners:contact-new", args=[area.slug, resident.uid]) not in page


def test_who_has_been_written_to_is_said_to_those_of_the_area(client, area, sewers, library):
    sender = make_user("partner", area)
    on_behalf = library.asset_ptr
    Contact.objects.create(area=area, sender=sender, to=sewers.asset_ptr, on_behalf=on_behalf)
    assert "wrote to them on" not in words_of(ask(client, "theme=sy"))
    client.force_login(make_user("partner", area))
    assert "Solvang Bibliotek wrote to them on" in words_of(ask(client, "theme=sy"))


def test_more_hits_take_no_more_queries(client, area, django_assert_num_queries, library):
    def some(number):
        for _ in range(number):
            asset = make_association(area)
            make_offering(asset, "HR7")
            make_activity(asset, gifts=["HR7"])

    some(3)
    query = f"theme=sy&audience=women&day=3&role=home&from={library.uid}"
    ask(client, query)
    with django_assert_num_queries(21):
        ask(client, query)
    some(10)
    with django_assert_num_queries(21):
        ask(client, query)


# Not this one, because -----------------------------------------------------------------------


@pytest.fixture
def signed_in(client, partner):
    client.force_login(partner)
    return client


def put_aside(client, asset, **data):
    sent = {"asset": asset.uid, "query": "theme=sy", "because": "busy"} | data
    return client.post(ASIDE, sent, follow=True)


def test_not_this_one_is_remembered_with_its_reason(signed_in, sewers):
    response = put_aside(signed_in, sewers, text="De har tre hold i forvejen")
    assert response.redirect_chain == [(f"{URL}?theme=sy", 302)]
    assert found(response) == []
    page = words_of(response)
    assert "they have enough to do" in page
    assert "De har tre hold i forvejen" in page


def test_it_can_be_taken_back(signed_in, sewers):
    put_aside(signed_in, sewers)
    response = put_aside(signed_in, sewers, do="again")
    assert found(response) == ["Syklubben"]
    assert not Aside.objects.exists()


def test_it_is_put_aside_for_oneself_alone(signed_in, area, sewers):
    put_aside(signed_in, sewers)
    signed_in.force_login(make_user("partner", area))
    response = ask(signed_in, "theme=sy")
    assert found(response) == ["Syklubben"]
    assert "they have enough to do" not in [str(row) for row in response.context["asides"]]


def test_a_reason_must_be_chosen(signed_in, sewers):
    response = put_aside(signed_in, sewers, because="")
    assert "Say why: choose one of the reasons." in words_of(response)
    assert found(response) == ["Syklubben"]


def test_a_cpr_number_is_refused(signed_in, sewers):
    assert "CPR" in words_of(put_aside(signed_in, sewers, text="070761-4285"))
    assert not Aside.objects.exists()


def test_of_a_resident_no_words_are_kept(signed_in, area):
    resident = make_resident(area, visibility="public")
    make_offering(resident, "HR7")
    put_aside(signed_in, resident, text="Hun er for travl")
    assert Aside.objects.get().text == ""


def test_a_second_reason_replaces_the_first(signed_in, sewers):
    put_aside(signed_in, sewers)
    put_aside(signed_in, sewers, because="far")
    assert [row.because for row in Aside.objects.all()] == ["far"]


@pytest.mark.parametrize("uid", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_cannot_be_put_aside(signed_in, area, uid):
    response = signed_in.post(ASIDE, {"asset": uid, "because": "busy"}, follow=True)
    assert "That is not in the inventory any more." in words_of(response)


def test_a_hidden_asset_cannot_be_put_aside(signed_in, area):
    hidden = make_association(area, "Hemmelig", visibility="private")
    page = words_of(put_aside(signed_in, hidden))
    assert "Hemmelig" not in page
    assert not Aside.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client, sewers):
    response = client.post(ASIDE, {"asset": sewers.uid, "because": "busy"})
    assert response.status_code == 302
    assert "/account/" in response.url


def test_that_she_was_put_aside_is_in_the_copy_of_all_that_is_kept_about_her(signed_in, area):
    resident = make_resident(area, visibility="public")
    make_offering(resident, "HR7")
    put_aside(signed_in, resident)
    _heading, ((_day, said),) = Aside.kept_about(resident, hers=True)
    assert said == "they have enough to do"
