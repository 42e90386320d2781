"""The two roles of an institution: what it marks, the balance, and who could fill what is open."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.inventory.models import Gift
from assetmap.partners.roles.balance import balance_of, fillers_of
from assetmap.partners.roles.fields import GIFTS, KINDS, Field
from institutions.models import Institution, RoleOffer
from tests.contracts import form_data
from tests.factories import make_association, make_institution, make_offering, make_place
from tests.partners.words import words_of

NOBODY = AnonymousUser()


@pytest.fixture
def library(area):
    library = make_institution(area, "Solvang Bibliotek", kind="library", outreach=True)
    RoleOffer.objects.create(institution=library, field="books", text="Bogcafé hver mandag")
    return library


def side(balance, number):
    return {field.value: field for field in balance[number].fields}


def test_every_field_has_gifts_that_exist_and_kinds():
    assert set(GIFTS) == set(KINDS) == set(Field) == {*RoleOffer.A, *RoleOffer.B}


def test_the_gifts_of_the_fields_are_in_the_vocabulary(db):
    codes = {code for codes in GIFTS.values() for code in codes}
    assert codes == set(Gift.objects.filter(code__in=codes).values_list("code", flat=True))


def test_the_balance_counts_what_is_marked(library):
    outreach, facilitating = balance_of(library.asset_ptr, NOBODY)
    assert (outreach.filled, len(outreach.fields)) == (1, 4)
    assert (facilitating.filled, len(facilitating.fields)) == (0, 5)


def test_who_gives_most_of_a_fields_gifts_goes_first(area, library):
    one, two = make_association(area, "En"), make_association(area, "To")
    make_offering(one, "OT4")
    for code in ("OT4", "DM9"):
        make_offering(two, code)
    hall = make_place(area, "Salen", kind="room")
    filled = side(balance_of(library.asset_ptr, NOBODY), 1)["home"].fillers
    assert filled == [two.asset_ptr, one.asset_ptr, hall.asset_ptr]


def test_what_is_marked_needs_nobody_to_fill_it(area, library):
    make_offering(make_association(area), "LA8")
    assert side(balance_of(library.asset_ptr, NOBODY), 0)["books"].fillers == []


@pytest.mark.parametrize("fields", [{"visibility": "private"}, {"status": "archived"}])
def test_what_is_hidden_or_archived_fills_nothing(area, library, fields):
    make_offering(make_association(area, **fields), "OT4")
    assert fillers_of(library.asset_ptr, ["home"], NOBODY) == {"home": []}


def test_the_page_shows_the_balance_and_who_could_fill_what_is_open(client, area, library):
    make_offering(make_association(area, "Foreningsværkstedet"), "OT4")
    page = words_of(client.get(library.get_absolute_url()))
    for said in (
        "1 of 4 fields",
        "0 of 5 fields",
        "Bogcafé hver mandag",
        "Could fill it: Foreningsværkstedet",
    ):
        assert said in page
    assert (
        f"partners/?role=home&amp;from={library.uid}"
        in client.get(library.get_absolute_url()).content.decode()
    )


def test_one_that_has_taken_no_role_shows_none(client, area):
    shop = make_institution(area)
    assert "What it offers in its two roles" not in words_of(client.get(shop.get_absolute_url()))
    hall = make_place(area)
    assert "What it offers in its two roles" not in words_of(client.get(hall.get_absolute_url()))


# Marking it in the form ----------------------------------------------------------------------


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def save(client, library, *rows):
    kept = {"name": "Solvang", "visibility": "public", "kind": "library", "sector": "public"}
    kept |= {"version": library.version}
    stood = list(library.role_offers.all())
    data = form_data(**kept) | {
        "roles-TOTAL_FORMS": len(rows),
        "roles-INITIAL_FORMS": len(stood),
    }
    for number, row in enumerate(rows):
        data |= {f"roles-{number}-{name}": value for name, value in row.items()}
        if number < len(stood):
            data[f"roles-{number}-id"] = stood[number].pk
    return client.post(library.url("edit"), data, follow=True)


def test_marking_a_field_takes_its_role(coordinating, library):
    rows = [{"field": "books", "text": ""}, {"field": "home", "text": "Gratis mødelokaler"}]
    page = save(coordinating, library, *rows)
    library = Institution.objects.get(pk=library.pk)
    assert {row.field for row in library.role_offers.all()} == {"books", "home"}
    assert (library.outreach, library.facilitating) == (True, True)
    assert "Gratis mødelokaler" in words_of(page)


def test_a_field_stands_once(coordinating, library):
    rows = [{"field": "books", "text": ""}, {"field": "books", "text": "igen"}]
    response = save(coordinating, library, *rows)
    assert response.context["form"].formsets[1].total_error_count()
    assert library.role_offers.get().text == "Bogcafé hver mandag"
    assert "igen" in response.content.decode()


def test_a_cpr_number_is_refused(coordinating, library):
    response = save(coordinating, library, {"field": "books", "text": "070761-4285"})
    assert "CPR" in words_of(response)
    assert library.role_offers.get().text == "Bogcafé hver mandag"
