import pytest
from django.urls import reverse

from institutions.models import Institution
from tests import factories
from tests.contracts import LayerContract, form_data, text_of


class TestInstitution(LayerContract):
    model = Institution
    make = staticmethod(factories.make_institution)
    minimal = {"kind": "library", "sector": "public"}
    own_field, own_value = "opening_hours", "Every day 8 to 22"
    own_shown = "Every day 8 to 22"


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def add(client, area, **fields):
    kept = {"name": "Solvang", "visibility": "public", "kind": "library", "sector": "public"}
    return client.post(
        reverse("institutions:add", args=[area.slug]), form_data(**kept | fields), follow=True
    )


def test_kind_and_sector_stand_on_the_page(coordinating, area):
    page = text_of(add(coordinating, area, kind="faith", sector="civil"))
    assert "Institution · faith community · civil society" in page
    assert Institution.objects.get().sector == "civil"


@pytest.mark.parametrize("field", ["kind", "sector"])
@pytest.mark.parametrize("value", ["", "royal"])
def test_unknown_kind_or_sector_is_refused(coordinating, area, field, value):
    refused = add(coordinating, area, **{field: value})
    assert list(refused.context["form"].errors) == [field]
    assert not Institution.objects.exists()


def test_library_roles_are_shown_when_taken(coordinating, area):
    page = text_of(add(coordinating, area, outreach="on"))
    assert "Outreach (A)" in page
    assert "Facilitating (B)" not in page


def test_wrong_cvr_number_is_refused(coordinating, area):
    refused = add(coordinating, area, cvr="13585627")
    assert "This is not a CVR number." in text_of(refused)
    assert not Institution.objects.exists()


def test_web_address_gets_its_https(coordinating, area):
    page = text_of(add(coordinating, area, website="solvang.kk.dk"))
    assert Institution.objects.get().website == "https://solvang.kk.dk"
    assert 'href="https://solvang.kk.dk"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("website", "javascript:alert(1)"), ("email", "solvang"), ("email", "a@b@c.dk")],
)
def test_contact_that_leads_nowhere_is_refused(coordinating, area, field, value):
    refused = add(coordinating, area, **{field: value})
    assert list(refused.context["form"].errors) == [field]
    assert not Institution.objects.exists()
