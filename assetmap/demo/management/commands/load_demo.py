import os

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from assetmap.areas.models import Area, Membership, User
from assetmap.areas.roles import Role
from assetmap.demo.cases import load_cases
from assetmap.demo.city import load_addresses, load_city, make_area
from assetmap.demo.people import DEMO_PEOPLE
from assetmap.inventory.models import Asset


class Command(BaseCommand):
    help = "Bring the database up to date and load Urbanplanen, unless it is there already."

    def handle(self, **options):
        call_command("migrate", verbosity=0, interactive=False)
        if not Area.objects.filter(slug="urbanplanen").exists():
            self.load()
        self.greet()

    @transaction.atomic
    def load(self):
        area = make_area()
        load_addresses(area)
        assets = load_cases(area, load_city(area))
        for role, (email, name) in DEMO_PEOPLE.items():
            user = User.objects.create_user(email, name=str(name))
            rights = dict.fromkeys(["may_export", "may_import"], role == Role.COORDINATOR)
            Membership.objects.create(user=user, area=area, role=role, **rights)
        # The demo's resident keeps one of the made-up neighbours as her own record.
        Asset.objects.filter(pk=assets["demo-1"].pk).update(owner=user)
        self.stdout.write(f"Loaded Urbanplanen with {len(assets)} assets.")

    def greet(self):
        port = os.environ.get("PORT", "8000")
        self.stdout.write(
            f"\n  assetmap runs at http://127.0.0.1:{port}\n"
            "  Sign in with the buttons at the top: coordinator, librarian or resident.\n"
            "  Stop it with Ctrl-C.\n"
        )
