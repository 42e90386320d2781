"""A group of young people writes down what it can do together, and no member."""

import pytest
from django.urls import reverse

from assetmap.areas.models import User
from assetmap.inventory.models import Asset
from associations.models import Association
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_association

TOLD = {
    "name": "Solvang Dance Crew",
    "summary": "We dance on Fridays",
    "gifts": ["FG7", "LA9"],
    "words": "Breakdance in the yard",
}


def url(area):
    return reverse("register:group", args=[area.slug])


def tell(client, area, **told):
    return client.post(url(area), {**TOLD, **told})


def test_the_page_works_signed_out(client, area):
    page = client.get(url(area))
    assert page.status_code == 200
    assert "Do not write the names of its members." in text_of(page)
    assert 'value="FG7"' in text_of(page)
    young = text_of(client.get(reverse("register:young", args=[area.slug])))
    assert url(area) in young


def test_a_group_becomes_an_association_that_waits_and_belongs_to_nobody(client, area):
    assert tell(client, area).url == area.get_absolute_url()
    group = Association.objects.get()
    assert (group.area, group.name, group.summary) == (area, TOLD["name"], TOLD["summary"])
    assert (group.layer, group.status, group.version) == ("association", "pending", 1)
    assert (group.owner, group.created_by) == (None, None)
    assert {str(row.gift and row.gift.code or row.text) for row in group.offerings.all()} == {
        *("FG7", "LA9", "Breakdance in the yard")
    }
    assert not User.objects.exists()


def test_others_see_it_once_a_coordinator_has(client, area, coordinator):
    said = client.post(url(area), TOLD, follow=True)
    assert "Thank you. A coordinator looks at it" in text_of(said)
    group = Association.objects.get()
    assert client.get(group.get_absolute_url()).status_code == 404
    queue = {"uid": group.uid, "version": group.version, "do": "let-in"}
    browser_of(coordinator).post(reverse("inventory:queue-records", args=[area.slug]), queue)
    page = text_of(client.get(group.get_absolute_url()))
    assert "Breakdance in the yard" in page and "Keep bees" in page
    assert Asset.objects.search("breakdance").get().pk == group.pk


def test_a_form_that_is_sent_twice_makes_one_group(client, area, other_area):
    for _ in range(2):
        assert tell(client, area).status_code == 302
    assert Association.objects.count() == 1
    tell(client, other_area)
    assert Association.objects.count() == 2


def test_a_group_called_like_one_that_is_there_waits_beside_it(client, area):
    make_association(area, TOLD["name"])
    tell(client, area)
    assert Association.objects.filter(status="pending").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": f"Crew {CPR}"}, "name"),
        ({"summary": f"Call {CPR}"}, "summary"),
        ({"summary": "x" * 10_000}, "summary"),
        ({"words": f"{CPR}"}, "words"),
        ({"gifts": ["XX99"]}, "gifts"),
        ({"gifts": [], "words": ""}, "gifts"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(client, area, wrong, field):
    refused = tell(client, area, **wrong)
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, [field])
    if field != "name":
        assert f'value="{TOLD["name"]}"' in text_of(refused)
    assert not Asset.objects.exists()


def test_a_name_in_any_letters_is_kept(client, area):
    tell(client, area, name="فرقة 🕺\u202eabc")
    assert Association.objects.get().name == "فرقة 🕺\u202eabc"


def test_too_many_from_one_place_are_refused_in_words(client, area, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "register": "1/h/ip"}
    tell(client, area)
    refused = tell(client, area, name="Another Crew")
    assert "There were too many tries from here." in text_of(refused)
    assert Association.objects.count() == 1


def test_it_is_written_whole_or_not_at_all(client, area, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("residents.group.Offering.save", fail)
    with pytest.raises(RuntimeError):
        tell(client, area)
    assert not Asset.objects.exists()


def test_searching_among_the_gifts_sends_nothing(client, area):
    page = tell(client, area, find="1", q="bees")
    assert page.status_code == 200
    assert f'value="{TOLD["name"]}"' in text_of(page)
    assert not Asset.objects.exists()
