"""The page of readings tells everybody what she may see, and no more."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assetmap.network.models import Recognition
from residents.models import Consent
from tests.factories import (
    make_area,
    make_association,
    make_institution,
    make_link,
    make_place,
    make_resident,
    make_user,
)

pytestmark = pytest.mark.once


def page(client, area, user=None):
    if user:
        client.force_login(user)
    response = client.get(reverse("network:readings", args=[area.slug]))
    assert response.status_code == 200
    return response.content.decode()


def make_neighbour(area, name, *, willing=False, **fields):
    fields = {"status": "active", "visibility": "neighbours"} | fields
    resident = make_resident(area, name, **fields)
    if willing:
        Consent.objects.give(resident, [Consent.Purpose.CONNECT], language="da", channel="web")
    return resident


def make_two_sides(area, middle):
    """Two groups of three that one asset alone joins."""
    groups = [[make_association(area, f"{side}{n}") for n in range(3)] for side in ("Vest", "Øst")]
    for one, two, three in groups:
        make_link(one, two)
        make_link(two, three)
        make_link(one, three)
        make_link(middle, one, "helps")
    return groups


def test_an_empty_area_reads_sensibly(client, area):
    text = page(client, area)
    assert "No tie is known here yet." in text
    assert "Nobody stands between others" in text
    assert "Nobody: all have a tie." in text


def test_an_area_with_one_asset_reads_sensibly(client, area):
    make_place(area, "Pladsen")
    text = page(client, area)
    assert "Pladsen" in text
    assert "whom could they meet?" in text


def test_a_connector_is_named_with_the_reason(client, area):
    make_two_sides(area, make_institution(area, "Biblioteket"))
    text = page(client, area)
    assert "Biblioteket" in text
    assert "The only tie between" in text
    assert "would be cut off from" in text


def test_a_resident_is_named_only_if_she_said_yes(client, area, partner):
    middle = make_neighbour(area, "Rosamunde")
    make_two_sides(area, middle)
    text = page(client, area, partner)
    assert "Rosamunde" not in text
    assert "fewer than 5 neighbours who are not named" in text
    Consent.objects.give(middle, [Consent.Purpose.CONNECT], language="da", channel="web")
    assert "Rosamunde" in page(client, area, partner)


def test_a_yes_that_was_taken_back_names_her_no_more(client, area, partner):
    middle = make_neighbour(area, "Rosamunde", willing=True)
    make_two_sides(area, middle)
    assert "Rosamunde" in page(client, area, partner)
    Consent.objects.withdraw(middle, Consent.Purpose.CONNECT)
    assert "Rosamunde" not in page(client, area, partner)


def test_even_coordinators_read_no_name_without_a_yes(client, area, coordinator):
    make_two_sides(area, make_neighbour(area, "Rosamunde"))
    make_neighbour(area, "Sigurd", visibility="public")
    text = page(client, area, coordinator)
    assert "Rosamunde" not in text
    assert "Sigurd" not in text
    assert "fewer than 5 neighbours have no tie yet" in text


def test_she_reads_her_own_name(client, area, neighbour):
    make_two_sides(area, make_neighbour(area, "Rosamunde", owner=neighbour))
    assert "Rosamunde" in page(client, area, neighbour)


def test_visitors_are_told_nothing_of_hidden_residents(client, area, partner):
    for n in range(6):
        resident = make_neighbour(area, f"Nabo{n}", willing=True)
        make_link(resident, make_place(area, f"Sted{n}"), "uses")
    text = page(client, area)
    assert "Nabo" not in text
    assert "No tie is known here yet." in text
    assert "6 ties are known here so far." in page(client, area, partner)


def test_a_hidden_tie_makes_no_count(client, area, coordinator):
    one, other = make_association(area, "Kor"), make_place(area, "Sal")
    make_link(one, other, "meets_at", visibility="private")
    assert "No tie is known here yet." in page(client, area)
    assert "No tie yet between associations and places" in page(client, area)
    seen = page(client, area, coordinator)
    assert "1 tie is known here so far." in seen
    assert "No tie yet between associations and places" not in seen


def test_heroes_are_residents_with_ties_and_recognitions_and_no_post(client, area, partner):
    hero = make_neighbour(area, "Rosamunde", willing=True)
    chair = make_neighbour(area, "Sigurd", willing=True)
    groups = [make_association(area) for _ in range(3)]
    for resident in (hero, chair):
        make_link(resident, groups[0], "member_of")
        make_link(resident, groups[1], "helps")
    make_link(chair, groups[2], "runs")
    for _ in range(2):
        Recognition.objects.create(
            area=area,
            resident=hero,
            name="Rosamunde",
            reason="Hun ved besked",
            state="accepted",
            answered_at=timezone.now(),
        )
    client.force_login(partner)
    response = client.get(reverse("network:readings", args=[area.slug]))
    (row,) = response.context["heroes"].rows
    assert row.named.name == "Rosamunde"
    assert "2 neighbours have said: that is whom I go to." in response.content.decode()
    assert "Hun ved besked" not in response.content.decode()


def test_what_stands_alone_is_an_invitation_to_add_a_tie(client, area, coordinator):
    place = make_place(area, "Pladsen")
    add = f"{reverse('inventory:link-add', args=[area.slug])}?source={place.uid}"
    tell = reverse("places:know-more", args=[area.slug, place.uid])
    visitor = page(client, area)
    assert tell in visitor
    assert add not in visitor
    assert add in page(client, area, coordinator)


def test_assets_of_another_area_are_no_part_of_it(client, area, other_area):
    make_link(make_association(other_area, "Fremmede"), make_place(other_area, "Langt væk"))
    text = page(client, area)
    assert "Fremmede" not in text
    assert "No tie is known here yet." in text


def test_names_are_read_anew_and_escaped(client, area):
    place = make_place(area, "Pladsen")
    page(client, area)
    type(place).objects.filter(pk=place.pk).update(name="<b>Torvet</b>")
    text = page(client, area)
    assert "&lt;b&gt;Torvet&lt;/b&gt;" in text
    assert "<b>Torvet" not in text


def test_a_tie_that_ended_is_in_none_of_them(client, area):
    make_link(make_association(area), make_place(area), until="2019")
    assert "No tie is known here yet." in page(client, area)


def test_two_ties_between_two_hold_like_one(client, area):
    middle = make_institution(area, "Biblioteket")
    groups = make_two_sides(area, middle)
    make_link(middle, groups[0][0], "supports")
    response = client.get(reverse("network:readings", args=[area.slug]))
    assert response.context["apart"].figures.number_of_bridges == 2


def test_an_area_that_is_not_there_is_not_found(client, db):
    assert client.get("/nowhere/network/readings/").status_code == 404


def test_the_page_takes_no_post(client, area):
    assert client.post(reverse("network:readings", args=[area.slug])).status_code == 405


@pytest.mark.parametrize("kept", [False, True])
def test_the_number_of_queries_does_not_grow(
    client, area, django_assert_max_num_queries, django_assert_num_queries, kept
):
    big = make_area("storby")
    for place, sides in ((area, 1), (big, 6)):
        for n in range(sides):
            make_two_sides(place, make_neighbour(place, f"N{n}", willing=True))
            make_place(place)
            make_link(make_association(place), make_place(place))
    users = [make_user("partner", place) for place in (area, big)]
    few, many = [client.__class__(), client.__class__()]
    few.force_login(users[0])
    many.force_login(users[1])
    if kept:
        page(few, area)
        page(many, big)
    with django_assert_max_num_queries(30) as count:
        page(few, area)
    with django_assert_num_queries(len(count)):
        page(many, big)
