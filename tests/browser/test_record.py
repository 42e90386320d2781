"""A coordinator keeps the record: a place from the first letter to the archive."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from assetmap.inventory.models import Asset, Link
from places.models import Place
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.once]

NAME = "Tagterrassen på Remisevej"
ADDRESS = "Remisevej 14, 2300 København S"
GPS, NORTH, LATITUDE = 0x8825, 1, 2


def photo_with_gps():
    """Return a JPEG that tells where it was taken, as a phone makes it."""
    exif = Image.Exif()
    exif.get_ifd(GPS).update({NORTH: "N", LATITUDE: (55.0, 38.0, 55.4)})
    file = BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(file, "JPEG", exif=exif)
    assert Image.open(BytesIO(file.getvalue())).getexif().get_ifd(GPS)
    return {"name": "terrace.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def open_section(page, field):
    """Open the part of the form that holds a field."""
    page.locator("details.section").filter(has=page.locator(field)).locator("summary").click()


def save(page):
    page.locator(".save .button:not(.quiet)").click()


def one_more_row(page):
    """Ask for another row of gifts; return its number."""
    number = page.locator("#id_gifts-TOTAL_FORMS").input_value()
    page.locator(".rows[data-prefix=gifts] [data-add-row]").click()
    return number


def add_place(page, home, name):
    page.goto(f"{home}add/")
    page.locator("#name").fill(name)
    page.locator("button[value=place]").click()
    expect(page.locator("#id_name")).to_have_value(name)


def fill_address(page, address):
    """Type the beginning, then take the suggestion as the browser's list does."""
    field = page.locator("#id_address")
    field.press_sequentially(address.split(",")[0])
    suggestion = page.locator(f'#addresses option[value="{address}"]')
    expect(suggestion).to_be_attached()
    field.fill(address)


def choose_end(page, typed, name):
    page.locator("#id_q").press_sequentially(typed)
    page.locator("#ends label", has_text=name).first.click()


def test_a_place_from_start_to_end(town, visit):
    page = visit(town.home, user=town.coordinator)
    page.locator(".tools a.button").click()
    page.locator("#name").fill(NAME)
    page.locator("button[value=place]").click()

    page.locator("#id_summary").fill("Sol fra morgen til aften.")
    fill_address(page, ADDRESS)
    expect(page.locator("#map .here")).to_be_visible()
    expect(page.locator("#id_latitude")).to_have_value("55.648720")
    expect(page.locator("#id_longitude")).to_have_value("12.595484")
    page.locator("#id_gifts-0-what").fill("Beekeeping")  # a synonym of "Keep bees"
    page.locator("#id_gifts-0-mode").select_option("can")
    wish = one_more_row(page)
    page.locator(f"#id_gifts-{wish}-what").fill("En pergola")
    page.locator(f"#id_gifts-{wish}-mode").select_option("join")
    open_section(page, "#id_photo_upload")
    page.locator("#id_photo_upload").set_input_files(photo_with_gps())
    page.locator("#id_photo_alt").fill("Terrassen set fra trappen")
    save(page)

    expect(page.locator("h1")).to_have_text(NAME)
    place = Place.objects.get(name=NAME)
    expect(page).to_have_url(place.get_absolute_url())
    expect(page.locator(".messages")).to_contain_text(NAME)
    article = page.locator("article")
    for text in ("Sol fra morgen til aften.", "Keep bees", "En pergola"):
        expect(article).to_contain_text(text)
    expect(article.locator(".wish")).to_contain_text("En pergola")
    expect(page.locator("aside")).to_contain_text(ADDRESS)
    expect(page.locator("#map .pin")).to_have_count(1)
    shows_photo_without_gps(page)

    page.locator(".ties a.button").click()
    choose_end(page, "solvang bib", "Solvang Bibliotek")
    page.locator("#id_tie").select_option("works_with:out")
    page.locator("#id_since").fill("5.2013")
    page.locator("#id_note").fill("Højtlæsning i solen")
    save(page)
    for path, other in ((place, town.library), (town.library, place)):
        page.goto(path.get_absolute_url())
        ties = page.locator(".ties li", has_text=other.name)
        expect(ties).to_contain_text("since May 2013")
        expect(ties).to_contain_text("Højtlæsning i solen")

    page.goto(place.get_absolute_url())
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#id_summary").fill("Sol hele dagen.")
    save(page)
    expect(page.locator("article")).to_contain_text("Sol hele dagen.")
    expect(page.locator("article")).to_contain_text("Keep bees")
    shows_photo_without_gps(page)

    page.locator(".actions summary").click()
    page.locator(".actions details button").click()
    expect(page.locator(".notice")).to_be_visible()
    page.goto(f"{town.home}?q=tagterrassen")
    expect(page.locator(".card")).to_have_count(0)
    page.goto(f"{town.home}archive/")
    page.locator(".card", has_text=NAME).get_by_role("button").click()
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator(".notice")).to_have_count(0)
    page.goto(f"{town.home}?q=tagterrassen")
    expect(page.locator(".card")).to_have_count(1)


def shows_photo_without_gps(page):
    photo = page.locator("img.photo")
    expect(photo).to_have_attribute("alt", "Terrassen set fra trappen")
    expect(photo).to_have_js_property("complete", True)
    assert photo.evaluate("photo => photo.naturalWidth") == 640
    kept = page.request.get(photo.get_attribute("src")).body()
    assert not Image.open(BytesIO(kept)).getexif()


def test_a_pin_is_put_by_click_and_moved_by_dragging(hamlet, visit):
    page = visit(f"{hamlet.home}places/add/?name=Hjørnet", user=hamlet.coordinator)
    page.locator("#map.leaflet-container").click(position={"x": 200, "y": 120})
    pin = page.locator("#map .here")
    expect(pin).to_be_visible()
    first = position_on(page)
    pin.drag_to(page.locator("#map"), target_position={"x": 320, "y": 200})
    expect(page.locator("#id_latitude")).not_to_have_value(str(first[0]))
    latitude, longitude = position_on(page)
    assert latitude < first[0] and longitude > first[1]
    save(page)
    expect(page.locator("h1")).to_have_text("Hjørnet")
    place = Place.objects.get(name="Hjørnet")
    assert (place.latitude, place.longitude) == (latitude, longitude)


def position_on(page):
    return [float(page.locator(f"#id_{name}").input_value()) for name in ("latitude", "longitude")]


def test_a_likely_duplicate_is_shown_while_typing_and_refused_until_ticked(hamlet, visit):
    factories.make_place(hamlet.area, "Solvang Bibliotek")
    page = visit(f"{hamlet.home}places/add/", user=hamlet.coordinator)
    page.locator("#id_name").press_sequentially("Solvang Biblotek")
    expect(page.locator("#similar")).to_contain_text("Solvang Bibliotek")
    save(page)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#similar")).to_contain_text("Solvang Bibliotek")
    assert Asset.objects.count() == 1
    page.locator("#id_is_new").check()
    save(page)
    expect(page.locator("h1")).to_have_text("Solvang Biblotek")
    assert Asset.objects.count() == 2


def test_the_other_end_of_a_tie_is_made_on_the_spot(hamlet, visit):
    place = factories.make_place(hamlet.area, "Gården")
    page = visit(f"{hamlet.home}links/add/?source={place.uid}", user=hamlet.coordinator)
    page.locator("#id_q").press_sequentially("Gårdlauget")
    expect(page.locator("#ends p")).to_be_visible()
    open_section(page, "#id_new_name")
    page.locator("#id_new_name").fill("Gårdlauget")
    page.locator("#id_new_layer").select_option("association")
    page.locator("#id_tie").select_option("runs:back")
    save(page)
    expect(page.locator("h1")).to_have_text("Gården")
    expect(page.locator(".ties")).to_contain_text("Gårdlauget")
    link = Link.objects.select_related("source").get()
    assert (link.source.name, link.source.layer, link.kind) == (
        "Gårdlauget",
        "association",
        "runs",
    )


def test_a_tie_is_changed_and_removed(hamlet, visit):
    place = factories.make_place(hamlet.area, "Gården")
    link = factories.make_link(place, factories.make_association(hamlet.area, "Koret"))
    page = visit(place.get_absolute_url(), user=hamlet.coordinator)
    page.locator(".ties .edit").click()
    page.locator("#id_note").fill("Hver torsdag")
    save(page)
    expect(page.locator(".ties")).to_contain_text("Hver torsdag")
    page.goto(link.get_absolute_url())
    page.locator("details.section summary").click()
    page.locator("details.section button").click()
    expect(page.locator("h1")).to_have_text("Gården")
    assert not Link.objects.exists()


def test_one_more_row_takes_a_gift_and_the_focus(hamlet, visit):
    page = visit(f"{hamlet.home}places/add/?name=Gården", user=hamlet.coordinator)
    row = one_more_row(page)
    expect(page.locator(f"#id_gifts-{row}-what")).to_be_focused()
    page.keyboard.type("Skygge")
    save(page)
    expect(page.locator("article")).to_contain_text("Skygge")


def test_two_who_write_at_once_see_both_texts(hamlet, visit):
    place = factories.make_place(hamlet.area, "Gården")
    one, other = (visit(place.url("edit"), user=hamlet.coordinator) for _ in range(2))
    one.locator("#id_summary").fill("Med bænke.")
    save(one)
    expect(one.locator("article")).to_contain_text("Med bænke.")
    other.locator("#id_summary").fill("Med borde.")
    save(other)
    expect(other.locator(".conflicts")).to_contain_text("Med bænke.")
    expect(other.locator(".conflicts")).to_contain_text("Med borde.")
    save(other)
    expect(other.locator("article")).to_contain_text("Med borde.")


def test_a_place_is_added_on_a_phone(hamlet, visit):
    page = visit(hamlet.home, user=hamlet.coordinator, width=390)
    add_place(page, hamlet.home, "Bænken")
    page.locator("#map.leaflet-container").click()
    expect(page.locator("#id_latitude")).not_to_have_value("")
    save(page)
    expect(page.locator("h1")).to_have_text("Bænken")
