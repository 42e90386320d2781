"""Photos: decoded with limits, turned upright, freed of all metadata, kept as small WebP."""

import uuid
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
SIZES = {"photo": 1600, "photo_small": 480}  # longest side in pixels


def read_photo(upload):
    """Return an upright RGB image without metadata; raise ValidationError with a sentence."""
    if upload.size > settings.PHOTO_MAX_BYTES:
        megabytes = settings.PHOTO_MAX_BYTES // 1024**2
        raise ValidationError(
            _("The photo is larger than %(megabytes)s MB. Choose a smaller one.")
            % {"megabytes": megabytes}
        )
    try:
        upload.seek(0)
        image = Image.open(upload, formats=FORMATS)
        _refuse_too_many_pixels(image)
        return _upright(_only_pixels(image), image.getexif().get(ExifTags.Base.Orientation))
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        raise ValidationError(
            _("This file cannot be read as a photo. Choose a JPEG, PNG or WebP picture.")
        ) from None


def _refuse_too_many_pixels(image):
    if image.width * image.height > settings.PHOTO_MAX_PIXELS:
        raise ValidationError(
            _("The photo has more than %(millions)s million pixels. Choose a smaller one.")
            % {"millions": settings.PHOTO_MAX_PIXELS // 1_000_000}
        )


def _upright(clean, orientation):
    """Turn the clean picture: Pillow would else write its old, perhaps broken, metadata anew."""
    clean.getexif()[ExifTags.Base.Orientation] = orientation
    return ImageOps.exif_transpose(clean)


def _only_pixels(image):
    """Paste the pixels into a new image, which carries nothing else along."""
    image = image.convert("RGBA")
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A"))
    return clean


def as_webp(image, longest):
    """Return the image as WebP bytes with no side longer than `longest` pixels."""
    small = image.copy()
    small.thumbnail((longest, longest))
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def set_photo(asset, image):
    """Keep the photo in both sizes on the asset, unsaved; None takes the photo away.

    The old files go when the transaction is over, so that a failed save loses nothing.
    """
    for name, longest in SIZES.items():
        field = getattr(asset, name)
        if old := field.name:
            transaction.on_commit(lambda old=old, storage=field.storage: storage.delete(old))
        if image is None:
            setattr(asset, name, "")
        else:
            content = ContentFile(as_webp(image, longest))
            field.save(f"{uuid.uuid4().hex}.webp", content, save=False)
