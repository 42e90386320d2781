import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assetmap.areas.models import Area
from assetmap.exchange.backup.writing import write_backup


class Command(BaseCommand):
    help = (
        "Write all that belongs to an area into one file: rows, people, photos. "
        "The file holds personal data: keep it as safe as the site itself."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the area's address on the site")
        parser.add_argument("file", type=Path, help="the file to write, such as area.zip")

    def handle(self, *, slug, file, **options):
        area = Area.objects.filter(slug=slug).first()
        if not area:
            raise CommandError(f"There is no area at /{slug}/.")
        manifest = self.write(area, file)
        rows, megabytes = sum(manifest["rows"].values()), file.stat().st_size / 1024**2
        self.stdout.write(f"Wrote {rows} rows of {area} to {file}, {megabytes:.1f} MB.")

    def write(self, area, path):
        """Write a new file that only its owner may read; half a backup is not left behind."""
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(f"{path} is there already. Choose another name.") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        try:
            with open(handle, "w+b") as file:
                return write_backup(area, file)
        except BaseException:
            path.unlink()
            raise
