"""Restoring a backup: every row gets a new number, so that it fits in beside other areas."""

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from assetmap.areas.models import Area

from .archive import NotRestorable, member_of, opened
from .restored import Restored
from .tables import tables
from .writing import migrations


def restore(path, slug=None, dry_run=False):
    """Write the backup at a pathlib.Path into this site; return what is Restored.

    slug: another address than the area had. dry_run: do all of it, then undo it. Raises
    NotRestorable with a sentence; then nothing is written.
    """
    with opened(path) as archive:
        _refuse_what_is_newer(archive)
        restored = Restored(archive, _free_slug(slug or archive.manifest.get("area")))
        try:
            _write(restored, dry_run)
        except BaseException:
            forget(restored.files)
            raise
    return restored


def forget(files):
    for name in files:
        default_storage.delete(name)


def _write(restored, dry_run):
    try:
        with transaction.atomic():
            restored.write()
            transaction.set_rollback(dry_run)
    except (DatabaseError, OSError) as error:
        raise NotRestorable(
            f"The backup cannot be written; nothing of it is kept. {error}"
        ) from None
    if dry_run:
        forget(restored.files)


def _refuse_what_is_newer(archive):
    """Refuse tables that are not known here, and those changed by a later version of the site."""
    known, here = {member_of(model) for model in tables()}, migrations()
    strange = {name for name in archive.names if not name.startswith("files/")} - known
    for app, steps in archive.manifest["migrations"].items():
        strange |= {f"{app} {step}" for step in steps} - {f"{app} {s}" for s in here.get(app, [])}
    if strange:
        raise NotRestorable(
            f"The backup holds what this site does not know: {', '.join(sorted(strange)[:3])}. "
            "Update the site, then restore."
        )


def _free_slug(slug):
    try:
        slug = Area._meta.get_field("slug").clean(slug, None)
    except ValidationError as error:
        raise NotRestorable(
            f"“{slug}” cannot be the address of an area. {' '.join(error.messages)}"
        ) from None
    if Area.objects.filter(slug=slug).exists():
        raise NotRestorable(
            f"There is an area at /{slug}/ already. Restore the backup beside it under another "
            f"address, such as --slug {slug}-2."
        )
    return slug
