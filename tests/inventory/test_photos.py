import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from assetmap.inventory.models import Asset
from tests import factories
from tests.contracts import as_shown, browser_of, form_data, text_of

SECRET = b"Fatmas telefon"
UNREADABLE = "This file cannot be read as a photo. Choose a JPEG, PNG or WebP picture."


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def picture(size=(80, 40), mode="RGB"):
    """Red on the left, blue on the right."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def encoded(image, kind="JPEG", **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def phone_photo(size=(80, 40)):
    """A JPEG as phones make it: lying down, with a position and the owner's name in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 39.0, 9.0), 3: "E", 4: (12.0, 35.0, 48.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(
        picture(size), exif=exif, comment=SECRET, xmp=b"<x>" + SECRET, icc_profile=profile
    )


def odd_exif_photo():
    """A JPEG to be turned, in whose EXIF a number is a text; some editors write such."""
    rows = [(0x0100, 2, 4, b"wide"), (0x0112, 3, 1, struct.pack("<HH", 6, 0))]
    ifd = b"".join(struct.pack("<HHI", *row[:3]) + row[3] for row in rows)
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(rows)) + ifd + bytes(4)
    return encoded(picture(), exif=exif)


def huge_png(side=60_000):
    """A hundred bytes that say they are a picture of 3.6 thousand million pixels."""

    def chunk(name, body):
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def add(client, area, content, **fields):
    data = form_data(name="The hall", visibility="public", kind="room", **fields)
    return client.post(
        reverse("places:add", args=[area.slug]), data | {"photo_upload": upload(content)}
    )


def edit(client, asset, **changes):
    return client.post(asset.url("edit"), as_shown(client.get(asset.url("edit")), **changes))


def photo_url(asset, size="photo"):
    return reverse("inventory:photo", args=[asset.area.slug, asset.uid, size])


def served(client, asset, size="photo"):
    return b"".join(client.get(photo_url(asset, size)).streaming_content)


def files_in(media):
    return sorted(path for path in media.rglob("*") if path.is_file())


# What is kept


def test_photo_is_kept_upright_in_two_sizes(coordinating, area):
    add(coordinating, area, phone_photo((2000, 1000)))
    asset = Asset.objects.get()
    for size, expected in (("photo", (800, 1600)), ("photo_small", (240, 480))):
        image = Image.open(BytesIO(served(coordinating, asset, size)))
        assert (image.format, image.mode, image.size) == ("WEBP", "RGB", expected)
        top, bottom = image.getpixel((5, 5)), image.getpixel((5, image.height - 5))
        assert top[0] > 200 > 60 > top[2]
        assert bottom[2] > 200 > 60 > bottom[0]


def test_nothing_but_pixels_is_kept_of_a_phones_photo(coordinating, area, media):
    content = phone_photo()
    assert content.count(SECRET) == 3
    add(coordinating, area, content)
    assert len(files_in(media)) == 2
    for path in files_in(media):
        kept = path.read_bytes()
        assert not [part for part in (SECRET, b"EXIF", b"XMP ", b"ICCP") if part in kept]
        image = Image.open(path)
        assert not image.getexif()
        assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(image.info)


def test_text_in_a_png_is_not_kept(coordinating, area, media):
    texts = PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("Comment", SECRET.decode())
    content = encoded(picture(), "PNG", pnginfo=texts)
    assert SECRET in content
    add(coordinating, area, content)
    assert len(files_in(media)) == 2
    assert not [path for path in files_in(media) if SECRET in path.read_bytes()]


def test_name_of_the_file_is_not_kept(coordinating, area, media):
    photo = upload(phone_photo(), "../../Fatmas telefon.jpg")
    data = form_data(name="The hall", visibility="public", kind="room")
    url = reverse("places:add", args=[area.slug])
    coordinating.post(url, data | {"photo_upload": photo})
    assert len(files_in(media)) == 2
    assert not [path for path in files_in(media) if "Fatma" in str(path)]


def test_transparent_picture_stands_on_white(coordinating, area):
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 20, 40))
    add(coordinating, area, encoded(image, "PNG"))
    kept = Image.open(BytesIO(served(coordinating, Asset.objects.get())))
    assert min(kept.getpixel((35, 20))) > 240
    assert kept.getpixel((5, 20))[1] < 60


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGB", "WEBP")],
)
def test_every_usual_kind_of_picture_is_taken(coordinating, area, mode, kind):
    add(coordinating, area, encoded(picture().convert(mode), kind))
    assert Image.open(BytesIO(served(coordinating, Asset.objects.get()))).size == (80, 40)


def test_first_of_several_pictures_in_a_file_is_taken(coordinating, area):
    green = Image.new("RGB", (80, 40), "green")
    add(coordinating, area, encoded(picture(), "MPO", save_all=True, append_images=[green]))
    kept = Image.open(BytesIO(served(coordinating, Asset.objects.get())))
    assert kept.getpixel((5, 20))[0] > 200


def test_small_picture_is_not_blown_up(coordinating, area):
    add(coordinating, area, encoded(picture((1, 3)), "PNG"))
    asset = Asset.objects.get()
    for size in ("photo", "photo_small"):
        assert Image.open(BytesIO(served(coordinating, asset, size))).size == (1, 3)


def test_page_shows_the_photo_with_its_words(coordinating, area):
    saved = add(coordinating, area, phone_photo(), photo_alt="A hall & a stage")
    page = text_of(coordinating.get(saved.headers["location"]))
    assert photo_url(Asset.objects.get()) in page
    assert 'alt="A hall &amp; a stage"' in page


# What is refused


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a picture at all", UNREADABLE),
        (phone_photo((800, 400))[:3000], UNREADABLE),
        (encoded(picture(), "PNG")[:60], UNREADABLE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', UNREADABLE),
        (encoded(picture(), "GIF"), UNREADABLE),
        (encoded(picture(), "TIFF"), UNREADABLE),
        (huge_png(), UNREADABLE),
        (huge_png(9_000), "The photo has more than 50 million pixels."),
        (b"", "The submitted file is empty."),
    ],
    ids=["text", "half jpeg", "half png", "svg", "gif", "tiff", "bomb", "huge", "empty"],
)
def test_file_that_is_no_photo_is_refused_with_a_sentence(
    coordinating, area, media, content, sentence
):
    refused = add(coordinating, area, content)
    assert refused.status_code == 200
    assert sentence in text_of(refused)
    assert not Asset.objects.exists()
    assert files_in(media) == []


def test_photo_with_odd_metadata_is_no_crash(coordinating, area):
    assert add(coordinating, area, odd_exif_photo()).status_code in (200, 302)


def test_too_many_pixels_are_refused_with_a_sentence(coordinating, area, settings, media):
    settings.PHOTO_MAX_PIXELS = 80 * 40 - 1
    refused = add(coordinating, area, phone_photo())
    assert "million pixels. Choose a smaller one." in text_of(refused)
    assert not Asset.objects.exists()
    assert files_in(media) == []
    settings.PHOTO_MAX_PIXELS = 80 * 40
    assert add(coordinating, area, phone_photo()).status_code == 302


def test_too_many_bytes_are_refused_with_a_sentence(coordinating, area, settings, media):
    content = phone_photo()
    settings.PHOTO_MAX_BYTES = len(content) - 1
    refused = add(coordinating, area, content)
    assert "Choose a smaller one." in text_of(refused)
    assert not Asset.objects.exists()
    assert files_in(media) == []


def test_photo_of_a_refused_form_is_not_kept(coordinating, area, media):
    refused = add(coordinating, area, phone_photo(), cvr="", latitude="91", longitude="12")
    assert refused.status_code == 200
    assert files_in(media) == []


# Replacing and removing


@pytest.fixture
def place(coordinating, area):
    add(coordinating, area, phone_photo(), photo_alt="The stage")
    return Asset.objects.get()


def test_new_photo_takes_the_place_of_the_old(
    coordinating, place, media, django_capture_on_commit_callbacks
):
    old = files_in(media)
    with django_capture_on_commit_callbacks(execute=True):
        edit(coordinating, place, photo_upload=upload(encoded(picture((10, 10)))))
    assert len(files_in(media)) == 2
    assert not set(old) & set(files_in(media))
    assert Image.open(BytesIO(served(coordinating, place))).size == (10, 10)


def test_removed_photo_is_gone_from_page_and_disk(
    coordinating, place, media, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        edit(coordinating, place, photo_remove="on")
    assert files_in(media) == []
    assert coordinating.get(photo_url(place)).status_code == 404
    assert photo_url(place) not in text_of(coordinating.get(place.url("detail")))


def test_edit_of_the_text_leaves_the_photo(
    coordinating, place, media, django_capture_on_commit_callbacks
):
    old = files_in(media)
    with django_capture_on_commit_callbacks(execute=True):
        edit(coordinating, place, name="Hall")
    assert files_in(media) == old
    assert len(served(coordinating, place)) > 20


def test_refused_photo_leaves_the_old(
    coordinating, place, media, django_capture_on_commit_callbacks
):
    old = files_in(media)
    with django_capture_on_commit_callbacks(execute=True):
        refused = edit(coordinating, place, photo_upload=upload(b"no"), photo_remove="on")
    assert UNREADABLE in text_of(refused)
    assert files_in(media) == old
    assert len(served(coordinating, place)) > 20


# Who may see it


def test_photo_is_for_this_browser_alone(client, place):
    response = client.get(photo_url(place))
    assert response.headers["content-type"] == "image/webp"
    assert "private" in response.headers["cache-control"]
    assert "public" not in response.headers["cache-control"]


@pytest.mark.parametrize("hide", [{"visibility": "private"}, {"status": "archived"}])
def test_photo_is_not_there_for_those_who_may_not_see_the_asset(
    client, coordinator, partner, stranger, place, hide
):
    Asset.objects.update(**hide)
    client.logout()
    for browser in (client, browser_of(partner), browser_of(stranger)):
        for size in ("photo", "photo_small"):
            assert browser.get(photo_url(place, size)).status_code == 404
    assert browser_of(coordinator).get(photo_url(place)).status_code == 200


def test_photo_is_not_under_another_area(client, other_area, place):
    url = reverse("inventory:photo", args=[other_area.slug, place.uid, "photo"])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("size", ["photo_large", "name", "photo_alt", "__class__"])
def test_only_photos_can_be_asked_for(client, place, size):
    assert client.get(photo_url(place, size)).status_code == 404


def test_asset_without_a_photo_has_none(client, area):
    assert client.get(photo_url(factories.make_place(area))).status_code == 404
