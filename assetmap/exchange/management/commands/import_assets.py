import json
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from assetmap.areas.models import Area, User
from assetmap.exchange.importing import problems, runs
from assetmap.exchange.importing.decide import decide
from assetmap.exchange.importing.memory import few_collections
from assetmap.exchange.models import Import, ImportRow
from assetmap.exchange.reading.sheet import Unreadable


class Command(BaseCommand):
    help = "Bring a file into an area, as its import page does, with the columns as guessed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--json", action="store_true", help="say it as JSON")
        parser.add_argument("--source", default="", help="else the name of the file")
        parser.add_argument("--licence", default="")
        parser.add_argument("--user", metavar="E-MAIL", help="who answers for it")
        parser.add_argument("--layer", help="what a row is when the file does not say")
        parser.add_argument(
            "--mapping", type=Path, help="a JSON file: how the columns are matched"
        )
        parser.add_argument(
            "--apart", action="store_true", help="likely doubles are new ones, not the same"
        )

    def handle(self, **options):
        few_collections()
        run = self.checked(options)
        try:
            if not options["dry_run"] and run.state == Import.State.CHECKED:
                Import.objects.filter(pk=run.pk).update(state=Import.State.WRITING)
                run.refresh_from_db()
                runs.work_here(run)
            self.report(run, options)
        finally:
            runs.cancel(run)

    def checked(self, options):
        """Read the file into a run that is ready to be written."""
        area, user = self.area(options["area"]), self.user(options["user"])
        try:
            with options["file"].open("rb") as file:
                told = options["file"].name, options["source"], options["licence"]
                run = runs.begin(area, user, File(file), *told)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        except Unreadable as error:
            raise CommandError(str(error)) from None
        run.mapping = self.mapping(run, options)
        run.state = Import.State.CHECKING
        run.save()
        runs.work_here(run)
        if options["apart"]:
            likely = run.rows.exclude(likely=[]).values_list("pk", flat=True)
            decide(run, dict.fromkeys(likely, 0))
        return run

    def area(self, slug):
        area = Area.objects.filter(slug=slug).first()
        if area is None:
            raise CommandError(f"There is no area at /{slug}/.")
        return area

    def user(self, email):
        user = User.objects.filter(email=email.lower()).first() if email else None
        if email and user is None:
            raise CommandError(f"Nobody has the e-mail {email}.")
        return user

    def mapping(self, run, options):
        mapping = run.mapping
        if options["mapping"]:
            try:
                mapping = json.loads(options["mapping"].read_text())
            except (OSError, ValueError) as error:
                raise CommandError(f"{options['mapping']}: {error}") from None
        for sheet in mapping["sheets"] if options["layer"] else []:
            sheet["layer"] = options["layer"]
        return mapping

    def report(self, run, options):
        rows = [
            {"sheet": row.sheet, "row": row.number, "name": row.name, "outcome": row.outcome}
            | {"said": problems.sentences(row)}
            for row in run.rows.exclude(problems=[]).order_by("sheet", "number")
        ]
        told = {"state": run.state, "said": run.said, "dry_run": options["dry_run"]} | run.counts
        if options["json"]:
            self.stdout.write(json.dumps({**told, "rows_said": rows}, ensure_ascii=False))
        else:
            self.say(run, told, rows)
        if run.state == Import.State.FAILED:
            raise CommandError(run.said)

    def say(self, run, told, rows):
        for row in rows:
            self.stdout.write(f"{row['row']} {row['name']}: {' '.join(row['said'])}")
        counts = ", ".join(f"{told.get(name, 0)} {name}" for name in ImportRow.Outcome.values)
        done = "would be" if told["dry_run"] else "are"
        self.stdout.write(f"{told.get('rows', 0)} rows: {counts} ({done} in {run.area}).")
