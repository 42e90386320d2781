"""Recipes: a mix is picked, what others made of such a mix is shown, and a recipe is saved."""

import pytest
from django.urls import reverse

from assetmap.partners.models import Recipe
from tests.factories import (
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
)
from tests.partners.words import words_of

URL = "/urbanplanen/partners/recipes/"
WRITTEN = {"title": "Honning på biblioteket", "story": "De slyngede honning.", "source": "Kirsten"}


@pytest.fixture
def bees(area):
    bees = make_association(area, "Biavlerne")
    make_offering(bees, "FG7")
    return bees


@pytest.fixture
def library(area):
    return make_institution(area, "Biblioteket", kind="library")


@pytest.fixture
def story(other_area):
    """Beekeepers of another area who made honey with their library: 300 kg of it."""
    theirs = make_association(other_area, "Sydhavnens bier")
    make_offering(theirs, "FG7")
    theirs.figures.create(date="2014", measure="honning", value=300, unit="kg")
    theirs.milestones.create(date="2012", text="Ti stader på taget")
    make_link(theirs, make_institution(other_area, "Sydhavnens bibliotek", kind="library"))
    return theirs


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def mix(*assets):
    return "&".join(f"with={asset.uid}" for asset in assets)


def stories(response):
    return [str(story.what) for story in response.context["stories"]]


# Picking -------------------------------------------------------------------------------------


def test_the_page_begins_with_an_empty_mix(client, area):
    page = words_of(client.get(URL))
    assert "Pick two to four" in page
    assert "What others made" not in page


def test_what_is_typed_is_found_and_can_be_added(client, bees, library):
    response = client.get(f"{URL}?{mix(library)}&q=biavl")
    ((asset, query),) = response.context["found"]
    assert asset == bees.asset_ptr
    assert f'href="?{query.replace("&", "&amp;")}"' in response.content.decode()
    assert [a for a, _rest in client.get(f"{URL}?{query}").context["picked"]] == [
        library.asset_ptr,
        bees.asset_ptr,
    ]


def test_neighbours_are_no_part_of_a_mix(client, area, library):
    resident = make_resident(area, "Bibi", visibility="public")
    response = client.get(f"{URL}?{mix(library, resident)}&q=bibi")
    assert len(response.context["picked"]) == 1
    assert response.context["found"] == []


@pytest.mark.parametrize("query", ["with=nonsense", "with=%00", "q=%00", f"q={'x' * 500}"])
def test_nonsense_is_no_fault(client, area, query):
    assert client.get(f"{URL}?{query}").context["picked"] == []


def test_at_most_four_are_picked_and_none_twice(client, area):
    made = [make_association(area) for _ in range(6)]
    response = client.get(f"{URL}?{mix(made[0], *made)}")
    assert [a.pk for a, _rest in response.context["picked"]] == [a.pk for a in made[:4]]
    assert response.context["may_add"] is False


def test_what_is_hidden_cannot_be_picked(client, area, library):
    hidden = make_association(area, "Hemmelig", visibility="private")
    page = client.get(f"{URL}?{mix(library, hidden)}&q=hemmelig")
    assert "Hemmelig" not in words_of(page)


# Stories -------------------------------------------------------------------------------------


def test_a_real_story_of_such_a_mix_is_shown_with_its_figures(client, bees, library, story):
    response = client.get(f"{URL}?{mix(bees, library)}")
    assert stories(response) == ["Sydhavnens bier"]
    page = words_of(response)
    for said in ("300 kg", "honning", "Ti stader på taget"):
        assert said in page
    assert "Sydhavnens bibliotek, as Biblioteket with you: both are “library”." in page
    assert "both give within “Food and growing”." in page


def test_the_most_alike_goes_first(client, other_area, bees, library, story):
    sports = make_association(other_area, "Sydhavnens bold")
    sports.figures.create(measure="medlemmer", value=40)
    assert stories(client.get(f"{URL}?{mix(bees, library)}")) == ["Sydhavnens bier"]
    make_link(sports, make_institution(other_area, kind="school"))
    response = client.get(f"{URL}?{mix(bees, library)}")
    assert stories(response) == ["Sydhavnens bier", "Sydhavnens bold"]


def test_one_with_neither_figures_nor_milestones_is_no_story(client, bees, library, story):
    story.figures.all().delete()
    assert stories(client.get(f"{URL}?{mix(bees, library)}")) == ["Sydhavnens bier"]
    story.milestones.all().delete()
    assert stories(client.get(f"{URL}?{mix(bees, library)}")) == []


def test_ones_own_story_is_not_that_of_others(client, bees, library):
    bees.figures.create(measure="honning", value=1)
    make_link(bees, library)
    assert stories(client.get(f"{URL}?{mix(bees, library)}")) == []


@pytest.mark.parametrize("how", ["association", "part", "tie"])
def test_what_is_hidden_is_in_no_story(client, bees, library, story, how):
    tie = story.links_out.get()
    if how == "association":
        type(story).objects.filter(pk=story.pk).update(visibility="private")
    elif how == "part":
        type(library).objects.filter(pk=tie.target_id).update(visibility="private")
    else:
        story.links_out.update(visibility="private")
    page = words_of(client.get(f"{URL}?{mix(bees, library)}"))
    assert "Sydhavnens bibliotek" not in page
    assert ("Sydhavnens bier" in page) is (how != "association" and "300 kg" in page)


def test_a_saved_recipe_is_a_story_too(client, other_area, bees, library):
    parts = [make_association(other_area), make_institution(other_area, kind="library")]
    make_offering(parts[0], "FG7")
    recipe = Recipe.objects.create(area=other_area, **WRITTEN, numbers="12 glas")
    recipe.parts.set([part.pk for part in parts])
    response = client.get(f"{URL}?{mix(bees, library)}")
    assert stories(response) == ["Honning på biblioteket"]
    assert "12 glas" in words_of(response)


def test_no_story_reads_sensibly(client, bees, library):
    page = words_of(client.get(f"{URL}?{mix(bees, library)}"))
    assert "No story of such a mix is known yet." in page


def test_more_stories_take_no_more_queries(
    client, other_area, bees, library, story, django_assert_num_queries
):
    url = f"{URL}?{mix(bees, library)}"
    client.get(url)
    with django_assert_num_queries(13):
        client.get(url)
    for _ in range(5):
        more = make_association(other_area)
        make_offering(more, "FG7")
        more.figures.create(measure="x", value=1)
        make_link(more, make_place(other_area))
    with django_assert_num_queries(13):
        client.get(url)


# Saving --------------------------------------------------------------------------------------


def add(client, *assets, **data):
    return client.post(f"{URL}add/?{mix(*assets)}", WRITTEN | data, follow=True)


def test_a_coordinator_saves_a_recipe_of_the_mix(coordinating, bees, library):
    page = words_of(add(coordinating, bees, library, numbers="300 kg"))
    recipe = Recipe.objects.get()
    assert set(recipe.parts.all()) == {bees.asset_ptr, library.asset_ptr}
    for said in ("Honning på biblioteket", "300 kg", "Biavlerne", "Known from: Kirsten"):
        assert said in page


@pytest.mark.parametrize("name", ["title", "story", "source"])
def test_what_is_missing_is_said_and_the_rest_stays(coordinating, bees, library, name):
    response = add(coordinating, bees, library, **{name: ""})
    assert list(response.context["form"].errors) == [name]
    kept = next(value for field, value in WRITTEN.items() if field != name)
    assert kept in response.content.decode()
    assert not Recipe.objects.exists()


def test_one_is_no_mix(coordinating, bees):
    response = add(coordinating, bees)
    assert "Pick two to four who took part" in words_of(response)
    assert not Recipe.objects.exists()


@pytest.fixture
def recipe(area, bees, library):
    recipe = Recipe.objects.create(area=area, **WRITTEN)
    recipe.parts.set([bees.pk, library.pk])
    return recipe


def test_a_recipe_is_changed_by_its_version(coordinating, recipe):
    url = f"{recipe.get_absolute_url()}edit/"
    coordinating.post(url, WRITTEN | {"title": "Ny titel", "version": 1})
    recipe.refresh_from_db()
    assert (recipe.title, recipe.version) == ("Ny titel", 2)
    stale = coordinating.post(url, WRITTEN | {"title": "For sent", "version": 1})
    assert "Somebody else changed this" in words_of(stale)
    recipe.refresh_from_db()
    assert recipe.title == "Ny titel"


def test_a_recipe_is_erased(coordinating, recipe):
    page = coordinating.post(f"{recipe.get_absolute_url()}erase/", follow=True)
    assert "is gone" in words_of(page)
    assert not Recipe.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "partner", "stranger"])
def test_only_coordinators_write_recipes(client, recipe, bees, library, who, request):
    client.force_login(request.getfixturevalue(who))
    assert add(client, bees, library).status_code == 403
    for page in ("edit", "erase"):
        assert client.post(f"{recipe.get_absolute_url()}{page}/", WRITTEN).status_code == 403
    assert Recipe.objects.count() == 1


def test_everybody_reads_a_recipe_and_its_parts_as_far_as_they_show(client, area, recipe, bees):
    type(bees).objects.filter(pk=bees.pk).update(visibility="private")
    page = words_of(client.get(recipe.get_absolute_url()))
    assert "De slyngede honning." in page
    assert "Biblioteket" in page
    assert "Biavlerne" not in page


def test_a_recipe_of_another_area_is_not_here(client, recipe):
    make_area("naboby")
    assert client.get(reverse("partners:recipe", args=["naboby", recipe.uid])).status_code == 404


def test_the_recipes_of_the_area_are_listed(client, recipe):
    assert "Honning på biblioteket" in words_of(client.get(URL))
