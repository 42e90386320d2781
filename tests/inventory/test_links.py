import pytest
from django.db import IntegrityError
from django.urls import reverse

from assetmap.inventory.models import Asset, Link
from tests import factories
from tests.contracts import CPR, as_shown, browser_of, text_of


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def guild(area):
    return factories.make_association(area, "Bylauget")


@pytest.fixture
def hall(area):
    return factories.make_place(area, "Solvang hall")


@pytest.fixture
def fatma(area):
    return factories.make_resident(area, "Fatma", visibility="public")


def add_url(asset):
    return f"{reverse('inventory:link-add', args=[asset.area.slug])}?source={asset.uid}"


def add(client, asset, **fields):
    usual = {"tie": "works_with:out", "strength": 2, "visibility": "public"}
    return client.post(add_url(asset), usual | fields)


def pages_of(link):
    area = link.source.area
    return [reverse(f"inventory:link-{page}", args=[area.slug, link.uid]) for page in PAGES]


PAGES = ("edit", "delete")


# What the database refuses, where save() asks no form


def test_database_refuses_a_tie_to_itself(guild):
    with pytest.raises(IntegrityError):
        factories.make_link(guild, guild, "supports")


def test_database_refuses_the_same_tie_twice(guild, hall):
    factories.make_link(guild, hall, "uses")
    with pytest.raises(IntegrityError):
        factories.make_link(guild, hall, "uses")


def test_two_may_be_tied_in_several_ways(guild, hall):
    for source, target, kind in (
        *((guild, hall, "uses"), (guild, hall, "supports"), (hall, guild, "supports")),
    ):
        factories.make_link(source, target, kind)
    assert Link.objects.of(guild).count() == 3


def test_tie_that_means_the_same_both_ways_is_kept_once(guild, hall):
    one = factories.make_link(hall, guild, "works_with")
    assert (one.source, one.target) == (guild, hall)
    with pytest.raises(IntegrityError):
        factories.make_link(guild, hall, "works_with")


def test_database_refuses_a_tie_in_the_wrong_order(guild, hall):
    with pytest.raises(IntegrityError):
        Link.objects.bulk_create([Link(source=hall, target=guild, kind="works_with")])


@pytest.mark.parametrize(
    ("since", "until"),
    [
        *(("", "2013"), ("2013", ""), ("2013", "2013"), ("2013", "2013-05"), ("2013-05", "2013")),
        *(("2013-05-17", "2013-05"), ("2013-05-17", "2013"), ("2012-12-31", "2013-01")),
    ],
)
def test_tie_may_end_when_or_after_it_began(guild, hall, since, until):
    assert factories.make_link(guild, hall, since=since, until=until).pk


@pytest.mark.parametrize(
    ("since", "until"),
    [
        *(("2013", "2012"), ("2013", "2012-12-31"), ("2013-05", "2013-04")),
        *(("2013-05-17", "2013-05-16"), ("2013-10", "2013-09-30")),
    ],
)
def test_database_refuses_a_tie_that_ends_before_it_began(guild, hall, since, until):
    with pytest.raises(IntegrityError):
        factories.make_link(guild, hall, since=since, until=until)


def test_ties_go_with_their_end(guild, hall):
    factories.make_link(guild, hall)
    hall.delete()
    assert not Link.objects.exists()


# Adding


def test_tie_is_added_from_either_end(coordinating, guild, hall):
    saved = add(coordinating, guild, tie="uses:out", target=hall.uid)
    assert saved.headers["location"] == guild.get_absolute_url()
    add(coordinating, hall, tie="meets_at:back", target=guild.uid)
    ties = Link.objects.order_by("kind").values_list("kind", "source__name", "target__name")
    assert list(ties) == [
        ("meets_at", "Bylauget", "Solvang hall"),
        ("uses", "Bylauget", "Solvang hall"),
    ]


def test_tie_says_what_is_known_about_it(coordinating, coordinator, guild, hall):
    known = {"since": "17.5.2013", "until": "2014", "strength": 3, "note": "on Thursdays"}
    page = text_of(
        coordinating.get(add(coordinating, guild, target=hall.uid, **known).headers["location"])
    )
    link = Link.objects.get()
    assert (link.since, link.until, link.strength) == ("2013-05-17", "2014", 3)
    assert (link.created_by, link.visibility) == (coordinator, "public")
    assert "The tie to “Solvang hall” is there now." in page
    for words in ("on Thursdays", "since May 17, 2013", "until 2014"):
        assert words in page


def test_tie_reads_rightly_from_each_end(client, guild, hall, fatma):
    factories.make_link(guild, hall, "uses")
    factories.make_link(fatma, guild, "works_with")
    for asset, ties in (
        (guild, {"uses": [hall], "works with": [fatma]}),
        (hall, {"is used by": [guild]}),
        (fatma, {"works with": [guild]}),
    ):
        page = client.get(asset.get_absolute_url())
        shown = {label: [end.uid for _, end in row] for label, row in page.context["ties"].items()}
        assert shown == {label: [end.uid for end in ends] for label, ends in ties.items()}
        for label, ends in ties.items():
            assert f"<h3>{label.capitalize()}</h3>" in text_of(page)
            assert f'<a href="{ends[0].get_absolute_url()}">{ends[0].name}</a>' in text_of(page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"target": ""}, "Choose the other end: type a part of its name and pick it."),
        ({"target": "nobody"}, "Choose the other end: type a part of its name and pick it."),
        ({"target": "00000000-0000-4000-8000-000000000000"}, "Choose the other end:"),
        ({"tie": "knows:out"}, "Select a valid choice."),
        ({"tie": "works_with:back"}, "Select a valid choice."),
        ({"tie": "married"}, "Select a valid choice."),
        ({"tie": ""}, "This field is required."),
        ({"tie": "has_site:back"}, "Select a valid choice."),
        ({"tie": "grew_into:out"}, "does not go from association to place."),
        ({"since": "2013", "until": "2012"}, "The tie cannot end before it began."),
        ({"since": "31.2.2013"}, "Write a year (2013), a month (5.2013) or a date"),
        ({"note": f"call {CPR}"}, "This looks like it holds a CPR number."),
        ({"note": "x" * 201}, "Ensure this value has at most 200 characters"),
        ({"strength": 9}, "Select a valid choice."),
        ({"visibility": "all"}, "Select a valid choice."),
    ],
)
def test_tie_that_cannot_be_is_refused_with_a_sentence(
    coordinating, guild, hall, fields, sentence
):
    refused = add(coordinating, guild, **{"target": hall.uid} | fields)
    assert refused.status_code == 200
    assert sentence in text_of(refused)
    assert not Link.objects.exists()


def test_tie_to_itself_is_refused_with_a_sentence(coordinating, guild):
    refused = add(coordinating, guild, target=guild.uid)
    assert "A tie joins two different assets." in text_of(refused)
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    ("kind", "tie_from_guild", "tie_from_hall"),
    [("works_with", "works_with:out", "works_with:out"), ("uses", "uses:out", "uses:back")],
)
def test_tie_that_stands_there_is_refused_from_both_ends(
    coordinating, guild, hall, kind, tie_from_guild, tie_from_hall
):
    factories.make_link(guild, hall, kind)
    for asset, tie, other in ((guild, tie_from_guild, hall), (hall, tie_from_hall, guild)):
        refused = add(coordinating, asset, tie=tie, target=other.uid)
        assert "This tie stands there already." in text_of(refused)
    assert Link.objects.count() == 1


def test_other_end_in_another_area_is_refused(coordinating, guild, other_area):
    elsewhere = factories.make_place(other_area, "Elsewhere")
    refused = add(coordinating, guild, target=elsewhere.uid)
    assert "Choose the other end:" in text_of(refused)
    assert not Link.objects.exists()


# The other end, made on the spot


def test_other_end_is_made_on_the_spot(coordinating, coordinator, area, guild):
    add(coordinating, guild, tie="uses:out", new_name="Kælderen", new_layer="place")
    made = Asset.objects.get(name="Kælderen").child
    assert (made.layer, made.area, made.created_by) == ("place", area, coordinator)
    link = Link.objects.get()
    assert (link.source, link.target, link.kind) == (guild.asset_ptr, made.asset_ptr, "uses")
    assert Asset.objects.search("kaelder").count() == 1


def test_other_end_made_on_the_spot_may_be_the_source(coordinating, hall):
    add(coordinating, hall, tie="meets_at:back", new_name="Koret", new_layer="association")
    link = Link.objects.get()
    assert (link.source.name, link.target.name) == ("Koret", "Solvang hall")


def test_resident_made_on_the_spot_is_private(coordinating, guild):
    add(coordinating, guild, tie="member_of:back", new_name="Bo", new_layer="resident")
    assert Asset.objects.get(name="Bo").visibility == "private"


@pytest.mark.parametrize(
    "fields",
    [
        {"tie": "grew_into:out", "new_layer": "place"},
        {"tie": "knows:out"},
        {"tie": ""},
        {"new_layer": "planet"},
        {"new_name": f"Bo {CPR}"},
        {"new_name": "x" * 151},
        {"since": "2013", "until": "2012"},
        {"note": CPR},
    ],
)
def test_refused_tie_makes_no_other_end_either(coordinating, guild, fields):
    new = {"new_name": "Kælderen", "new_layer": "place", "tie": "uses:out"}
    refused = add(coordinating, guild, **new | fields)
    assert refused.status_code == 200
    assert refused.context["form"].errors
    assert list(Asset.objects.values_list("name", flat=True)) == ["Bylauget"]
    assert not Link.objects.exists()


@pytest.mark.parametrize("name", ["Solvang hall", "solvang  HALL"])
def test_other_end_that_is_here_already_is_not_made_again(coordinating, guild, hall, name):
    refused = add(coordinating, guild, tie="uses:out", new_name=name, new_layer="place")
    assert "“Solvang hall” is in the inventory already." in text_of(refused)
    assert Asset.objects.count() == 2
    assert not Link.objects.exists()


# Who may


def test_visitor_is_asked_to_sign_in(client, guild, hall):
    link = factories.make_link(guild, hall)
    ends = reverse("inventory:link-ends", args=[guild.area.slug])
    for url in (add_url(guild), f"{ends}?source={guild.uid}&q=hall", *pages_of(link)):
        for send in (client.get, client.post):
            answer = send(url, {"tie": "uses:out"})
            assert answer.headers["location"].startswith(reverse("account_request_login_code"))
    assert Link.objects.get().kind == "works_with"


@pytest.mark.parametrize("who", ["neighbour", "partner", "stranger"])
def test_only_the_areas_coordinators_tie(request, client, guild, hall, who):
    link = factories.make_link(guild, hall)
    client.force_login(request.getfixturevalue(who))
    assert add(client, guild, tie="uses:out", target=hall.uid).status_code == 403
    for url in pages_of(link):
        assert client.post(url, {"tie": "uses:out", "strength": 2}).status_code == 403
    ends = reverse("inventory:link-ends", args=[guild.area.slug])
    assert client.get(ends, {"source": guild.uid, "q": "hall"}).status_code == 403
    assert Link.objects.get().kind == "works_with"
    assert "Add a tie" not in text_of(client.get(guild.get_absolute_url()))


def test_tie_of_another_area_is_not_under_this_one(coordinating, area, other_area):
    ends = [factories.make_place(other_area, name) for name in ("A", "B")]
    link = factories.make_link(*ends)
    for page in PAGES:
        url = reverse(f"inventory:link-{page}", args=[area.slug, link.uid])
        assert coordinating.post(url, {"tie": "uses:out", "strength": 2}).status_code == 404
    assert Link.objects.get().kind == "works_with"


@pytest.mark.parametrize("source", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("page", ["link-add", "link-ends"])
def test_tie_from_nowhere_is_not_found(coordinating, area, page, source):
    url = reverse(f"inventory:{page}", args=[area.slug])
    assert coordinating.get(url, {"source": source}).status_code == 404
    assert coordinating.get(url).status_code == 404


def test_tie_from_another_areas_asset_is_not_found(coordinating, area, other_area):
    elsewhere = factories.make_place(other_area, "Elsewhere")
    url = reverse("inventory:link-add", args=[area.slug])
    assert coordinating.get(url, {"source": elsewhere.uid}).status_code == 404


# Who sees it


@pytest.fixture
def church(area):
    return factories.make_association(area, "Kirkekoret", reveals=True)


def test_tie_that_reveals_something_is_private_as_the_form_stands(coordinating, fatma, church):
    for source, target, tie in ((fatma, church, "member_of:out"), (church, fatma, "helps:back")):
        page = coordinating.get(add_url(source))
        coordinating.post(add_url(source), as_shown(page, tie=tie, target=target.uid))
    assert list(Link.objects.values_list("visibility", flat=True)) == ["private", "private"]


def test_other_ties_are_public_as_the_form_stands(coordinating, guild, hall, fatma, church):
    for source, target in ((fatma, guild), (church, hall)):
        page = coordinating.get(add_url(source))
        data = as_shown(page, tie="works_with:out", target=target.uid)
        coordinating.post(add_url(source), data)
    assert list(Link.objects.values_list("visibility", flat=True)) == ["public", "public"]


def test_tie_that_reveals_something_may_be_shown_if_somebody_so_chooses(
    coordinating, fatma, church
):
    add(coordinating, fatma, tie="member_of:out", target=church.uid, visibility="neighbours")
    assert Link.objects.get().visibility == "neighbours"


def test_private_tie_shows_on_neither_end_but_to_the_coordinator_and_the_owner(
    client, area, coordinator, partner, fatma, church
):
    herself = factories.make_user("resident", area)
    Asset.objects.filter(pk=fatma.pk).update(owner=herself)
    factories.make_link(fatma, church, "member_of", visibility="private")
    for asset, other in ((fatma, "Kirkekoret"), (church, "Fatma")):
        for browser in (client, browser_of(partner)):
            assert other not in text_of(browser.get(asset.get_absolute_url()))
        for user in (coordinator, herself):
            assert other in text_of(browser_of(user).get(asset.get_absolute_url()))


@pytest.mark.parametrize("hide", [{"visibility": "private"}, {"status": "archived"}])
def test_tie_shows_only_if_both_ends_do(client, coordinator, guild, hall, hide):
    factories.make_link(guild, hall)
    Asset.objects.filter(pk=hall.pk).update(**hide)
    assert "Solvang hall" not in text_of(client.get(guild.get_absolute_url()))
    assert "Solvang hall" in text_of(browser_of(coordinator).get(guild.get_absolute_url()))


# Changing and removing


def test_tie_is_changed_from_its_source(coordinating, guild, hall):
    link = factories.make_link(guild, hall, "uses", since="2013", note="old")
    url = f"{link.get_absolute_url()}?from={guild.uid}"
    page = coordinating.get(url)
    assert page.context["form"]["tie"].value() == "uses:out"
    saved = coordinating.post(url, as_shown(page, tie="meets_at:out", note="new"))
    assert saved.headers["location"] == guild.get_absolute_url()
    kept = Link.objects.get()
    assert (kept.pk, kept.kind, kept.note, kept.since) == (link.pk, "meets_at", "new", "2013")
    assert kept.source.name == "Bylauget"


def test_tie_is_changed_from_its_target(coordinating, guild, hall):
    link = factories.make_link(guild, hall, "uses")
    url = f"{link.get_absolute_url()}?from={hall.uid}"
    page = coordinating.get(url)
    assert "The tie to Bylauget" in text_of(page)
    assert page.context["form"]["tie"].value() == "uses:back"
    saved = coordinating.post(url, as_shown(page, tie="supports:out"))
    assert saved.headers["location"] == hall.get_absolute_url()
    kept = Link.objects.get()
    assert (kept.kind, kept.source.name, kept.target.name) == (
        *("supports", "Solvang hall", "Bylauget"),
    )


def test_tie_that_means_the_same_both_ways_is_saved_unchanged_from_both_ends(
    coordinating, guild, hall
):
    link = factories.make_link(guild, hall, "works_with")
    for end in (guild, hall):
        url = f"{link.get_absolute_url()}?from={end.uid}"
        saved = coordinating.post(url, as_shown(coordinating.get(url), note=end.name))
        assert saved.headers["location"] == end.get_absolute_url()
        assert Link.objects.get().note == end.name


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tie": "supports:out"}, "This tie stands there already."),
        ({"tie": "grew_into:out"}, "does not go from association to place."),
        ({"tie": "married:out"}, "Select a valid choice."),
        ({"since": "2013", "until": "2012"}, "The tie cannot end before it began."),
        ({"visibility": ""}, "This field is required."),
    ],
)
def test_change_that_cannot_be_is_refused(coordinating, guild, hall, changes, sentence):
    factories.make_link(guild, hall, "supports")
    link = factories.make_link(guild, hall, "uses")
    page = coordinating.get(link.get_absolute_url())
    refused = coordinating.post(link.get_absolute_url(), as_shown(page, **changes))
    assert sentence in text_of(refused)
    link.refresh_from_db()
    assert (link.kind, link.since, link.visibility) == ("uses", "", "public")


def test_removed_tie_leaves_both_ends(coordinating, guild, hall):
    link = factories.make_link(guild, hall)
    url = reverse("inventory:link-delete", args=[guild.area.slug, link.uid])
    assert coordinating.get(url).status_code == 405
    gone = coordinating.post(f"{url}?from={hall.uid}", follow=True)
    assert gone.redirect_chain == [(hall.get_absolute_url(), 302)]
    assert "The tie is gone." in text_of(gone)
    assert not Link.objects.exists()
    assert Asset.objects.count() == 2


# Finding the other end


def find(client, asset, q):
    url = reverse("inventory:link-ends", args=[asset.area.slug])
    return client.get(url, {"source": asset.uid, "q": q})


def test_ends_named_so_come_first_and_ten_at_most(coordinating, area, guild):
    factories.make_place(area, "A garden", summary="near the pool")
    for number in range(12):
        factories.make_place(area, f"Pool {number}")
    names = [end.name for end in find(coordinating, guild, "pool").context["ends"]]
    assert names == [f"Pool {number}" for number in range(10)]


def test_ends_are_only_what_may_be_tied_here(coordinating, area, other_area, guild):
    factories.make_place(area, "Laug A")
    factories.make_place(area, "Laug B", status="archived")
    factories.make_place(other_area, "Laug C")
    factories.make_resident(other_area, "Laug D")
    page = find(coordinating, guild, "laug")
    assert [end.name for end in page.context["ends"]] == ["Laug A"]
    assert "Laug C" not in text_of(page)


def test_coordinator_finds_private_residents_of_her_own_area_alone(
    client, area, other_area, guild, coordinator, stranger
):
    factories.make_resident(area, "Hidden Hanne")
    elsewhere = factories.make_place(other_area, "Elsewhere")
    assert "Hidden Hanne" in text_of(find(browser_of(coordinator), guild, "hanne"))
    assert "Hidden Hanne" not in text_of(find(browser_of(stranger), elsewhere, "hanne"))


@pytest.mark.parametrize("q", ["", "  ", "%", "a\x00b", "x" * 5000])
def test_strange_search_for_ends_finds_nothing(coordinating, guild, hall, q):
    page = find(coordinating, guild, q)
    assert page.status_code == 200
    assert "Solvang hall" not in text_of(page)


def test_search_button_keeps_what_was_typed(coordinating, guild, hall):
    typed = {"q": "solvang", "tie": "uses:out", "since": "5.2013", "note": "on Thursdays"}
    page = coordinating.post(add_url(guild), typed | {"find": "1", "strength": "3"})
    form = page.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert form["strength"].value() == "3"
    assert f'value="{hall.uid}"' in text_of(page)
    assert not form.errors
    assert not Link.objects.exists()


def test_refused_tie_keeps_the_end_that_was_picked(coordinating, guild, hall):
    refused = add(coordinating, guild, q="solvang", target=hall.uid, since="once")
    assert f'name="target" value="{hall.uid}" checked' in text_of(refused)


def test_a_stale_edit_of_a_tie_is_refused_with_both_texts_and_goes_through_the_second_time(
    coordinating, coordinator, guild, hall
):
    link = factories.make_link(guild, hall, "uses", note="Om tirsdagen")
    edit = link.get_absolute_url()
    mine = as_shown(coordinating.get(edit), note="Min tekst")
    other = browser_of(coordinator)
    other.post(edit, as_shown(other.get(edit), note="Deres tekst"))

    refused = coordinating.post(edit, mine)
    assert "Somebody else changed this" in text_of(refused)
    assert "<td>Deres tekst</td><td>Min tekst</td>" in text_of(refused)
    assert Link.objects.get().note == "Deres tekst"

    coordinating.post(edit, as_shown(refused))
    assert Link.objects.get().note == "Min tekst"
    assert Link.objects.get().version == 3
