"""A neighbourhood in which secrets are hidden in every way there is, for the test of leaks."""

from contextlib import contextmanager
from copy import copy
from io import BytesIO

from django.db import transaction
from django.test import Client
from PIL import Image

from assetmap.exchange.models import Merge
from assetmap.inventory.models import Export, Proposal, SpokenLanguage
from assetmap.inventory.photos import set_photo
from assetmap.network.models import Meeting, Recognition, Verdict
from assetmap.partners.models import Aside, Contact, Recipe
from residents.models import Consent, Introduction
from tests.activities.rows import make_activity
from tests.exchange.importing.made import make_row, make_run
from tests.factories import (
    make_address,
    make_admin,
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

ROLES = ["visitor", "neighbour", "partner", "coordinator", "stranger", "owner", "administrator"]
SPOT = {"latitude": 55.6525, "longitude": 12.5968}
HIDDEN_SPOT = {"latitude": 55.6533, "longitude": 12.5975}
BOX = "12.58,55.64,12.61,55.665"

# Each secret and who may read it. A canary is folded text, so that it is the same everywhere.
KEEPERS = {"coordinator", "administrator"}
SECRETS = {
    **dict.fromkeys(
        [
            *("qxresname", "qxressummary", "qxrescontact", "qxresavailability", "qxresphoto"),
            *("qxresnote", "qxreswords", "qxrestimes", "qxressource", "qxrestie", "qxressince"),
        ],
        KEEPERS | {"owner"},
    ),
    "qxprivateassociation": KEEPERS,
    "qxassociationsummary": KEEPERS,
    "qxaudience": KEEPERS,
    "qxmilestone": KEEPERS,
    "qxfigure": KEEPERS,
    "qxpendingplace": KEEPERS,
    "qxpendingaddress": KEEPERS,
    "qxarchivedinstitution": KEEPERS,
    "qxarchivedhours": KEEPERS,
    "qxpartnersplace": KEEPERS | {"partner"},
    "qxneighboursplace": KEEPERS | {"partner", "neighbour", "owner"},
    "qxtietohidden": KEEPERS | {"partner", "neighbour", "owner"},  # as far as they see the end
    "qxprivatetie": KEEPERS,
    "qxopensensitive": KEEPERS,
    "qxopencontact": KEEPERS,
    "qxpartnercontact": KEEPERS | {"partner"},
    "qxreswouldstart": KEEPERS | {"owner"},
    "qxunconfirmed": KEEPERS,
    "qxwaitinggift": KEEPERS,
    "qxproposal": KEEPERS,
    # What was brought in from files, for those alone who may
    **dict.fromkeys(["qximportfile", "qximportrow", "qximportreport"], {"administrator"}),
    "qxownproposal": KEEPERS | {"owner"},
    # What only she sees, on her own page
    "qxreadby": {"owner"},
    "qxexportreason": {"owner"},
    "qxowner@example.org": {"owner"},
    # An introduction that waits, and one to which both said yes
    "qxmessage": {"owner", "partner"},
    "qxaskername": {"partner"},
    "qxaskercontact": {"partner"},
    "qxacceptedmessage": {"owner", "neighbour"},
    "qxacceptedname": {"owner", "neighbour"},
    "qxacceptedcontact": {"owner", "neighbour"},
    "qxanswername": {"owner", "neighbour"},
    "qxanswercontact": {"owner", "neighbour"},
    # What hidden groups hold, and where
    "qxhiddenactivity": KEEPERS,
    "qxactivitywords": KEEPERS,
    **dict.fromkeys(["qxwaitingactivity", "qxproposedwords"], KEEPERS),
    # What is written between two, and what somebody notes for herself in the partner finder
    "qxcontactword": KEEPERS | {"partner"},
    **dict.fromkeys(["qxasidetext", "qxsearchname"], {"partner"}),
    "qxroletext": KEEPERS,
    # What neighbours say of each other
    "qxunmatchedword": KEEPERS,
    **dict.fromkeys(["qxwaitingword", "qxhiddenword"], {"owner"}),
    "qxacceptedword": KEEPERS | {"owner"},
    # A meeting with the library that waits for its yes, and one to which both said yes
    "qxmeetreason": KEEPERS | {"owner", "partner"},
    **dict.fromkeys(["qxmeetname", "qxmeetcontact"], {"owner"}),
    **dict.fromkeys(["qxmetname", "qxmetcontact"], KEEPERS | {"owner"}),
}


class World:
    """An area with open rows, and with `secrets` also with rows hidden in every way there is."""

    def __init__(self, slug="urbanplanen", secrets=True):
        self.area = make_area(slug, name="Urbanplanen")
        self.people = {
            "visitor": None,
            "neighbour": make_user("resident", self.area),
            "partner": make_user("partner", self.area),
            "coordinator": make_user("coordinator", self.area),
            "stranger": make_user("coordinator", make_area(f"{slug}-nabo")),
            "owner": make_user("resident", self.area, "qxowner@example.org" if secrets else None),
            "administrator": make_admin(),
        }
        self.open_rows()
        self.hidden = self.hidden_rows() if secrets else {}

    def open_rows(self):
        make_address(self.area, "Hørgården 7, 2300 København S")
        self.place = make_place(self.area, "Haven", **SPOT)
        self.association = make_association(self.area, "Klubben", stage="idea", **SPOT)
        self.institution = make_institution(self.area, "Biblioteket", **SPOT)
        self.resident = make_resident(self.area, "Åben nabo", visibility="public", **SPOT)
        self.reachable = make_resident(
            self.area,
            "Kan nås",
            visibility="public",
            contact="qxpartnercontact",
            contact_visibility="partners",
        )
        for asset in (self.place, self.association, self.institution, self.resident):
            make_offering(asset, "FG7")
            SpokenLanguage.objects.create(asset=asset, code="da")
        self.link = make_link(self.institution, self.place, "uses")
        self.link.note = "åben note"
        self.link.save()
        self.activity = make_activity(self.institution, "Åbent hus")

    def hidden_rows(self):
        resident = self.hidden_resident()
        association = self.hidden_association()
        pending = make_place(
            self.area,
            "qxpendingplace",
            address="qxpendingaddress 1",
            status="pending",
            **HIDDEN_SPOT,
        )
        archived = make_institution(
            self.area,
            "qxarchivedinstitution",
            opening_hours="qxarchivedhours",
            status="archived",
            sector="private",
            **HIDDEN_SPOT,
        )
        partners = make_place(self.area, "qxpartnersplace", visibility="partners", **HIDDEN_SPOT)
        neighbours = make_place(
            self.area, "qxneighboursplace", visibility="neighbours", **HIDDEN_SPOT
        )
        tie = {"visibility": "private", "note": "qxprivatetie"}
        self.private_link = make_link(self.association, self.place, "meets_at", **tie)
        self.parts_of_open_residents()
        self.waiting_words()
        self.introductions(resident)
        self.activities(association, partners)
        self.partners(association, archived)
        self.recognitions(resident)
        self.meetings(resident)
        Verdict.objects.create(one=self.place, other=self.association)
        self.imports()
        self.unconfirmed = make_resident(
            self.area, "qxunconfirmed", status="unconfirmed", visibility="public", **HIDDEN_SPOT
        )
        merged = {"kept": self.institution, "gone": archived, "gone_status": "active"}
        Merge.objects.create(area=self.area, **merged)
        hidden = [resident, association, pending, archived, partners, neighbours]
        for asset in hidden:
            make_link(self.institution, asset, "supports", since="2013", note="qxtietohidden")
        rows = zip(
            ["resident", "association", "pending", "archived", "partners", "neighbours"],
            hidden,
            strict=True,
        )
        return dict(rows)

    def imports(self):
        checked = make_run(self.area, "checked", filename="qximportfile.csv")
        make_row(checked, 2, "qximportrow")
        make_row(make_run(self.area, "done"), 2, "qximportreport")

    def hidden_resident(self):
        resident = make_resident(
            self.area,
            "qxresname",
            summary="qxressummary",
            contact="qxrescontact",
            availability="qxresavailability",
            would_start="qxreswouldstart",
            photo_alt="qxresphoto",
            source="qxressource",
            owner=self.people["owner"],
            **HIDDEN_SPOT,
        )
        make_offering(resident, "MH6", note="qxresnote", times="qxrestimes")
        make_offering(resident, None, text="qxreswords", mode="learn")
        make_offering(resident, "LA1")
        SpokenLanguage.objects.create(asset=resident, code="so")
        set_photo(resident, Image.open(BytesIO(picture())))
        resident.save()
        how = {"language": "da", "channel": "phone", "read_by": "qxreadby"}
        Consent.objects.give(resident, ["keep", "introduce"], **how)
        coordinator = self.people["coordinator"]
        Export.objects.log(self.area, coordinator, "csv", "qxexportreason", [resident.asset_ptr])
        make_link(
            resident,
            self.place,
            "helps",
            visibility="private",
            note="qxrestie qxressince",
            since="2013-05",
        )
        return resident

    def hidden_association(self):
        association = make_association(
            self.area,
            "qxprivateassociation",
            summary="qxassociationsummary",
            audience="qxaudience",
            stage="self_running",
            visibility="private",
            **HIDDEN_SPOT,
        )
        association.milestones.create(date="2012", text="qxmilestone")
        association.figures.create(date="2012", measure="qxfigure", value=1)
        make_offering(association, "FG6", "teach")
        return association

    def parts_of_open_residents(self):
        make_offering(self.resident, "WB5", note="qxopensensitive")
        self.resident.contact = "qxopencontact"
        set_photo(self.resident, Image.open(BytesIO(picture())))
        self.resident.save()

    def waiting_words(self):
        make_offering(self.resident, None, text="qxwaitinggift", waiting=True)
        Proposal.objects.create(asset=self.place, text="qxproposal")
        own = {"asset": self.institution, "by": self.people["owner"], "field": "summary"}
        Proposal.objects.create(text="qxownproposal", **own)

    def introductions(self, resident):
        Introduction.objects.create(
            resident=resident,
            asker=self.people["partner"],
            message="qxmessage",
            asker_name="qxaskername",
            asker_contact="qxaskercontact",
        )
        Introduction.objects.create(
            resident=resident,
            asker=self.people["neighbour"],
            state="accepted",
            message="qxacceptedmessage",
            asker_name="qxacceptedname",
            asker_contact="qxacceptedcontact",
            resident_name="qxanswername",
            resident_contact="qxanswercontact",
        )

    def activities(self, association, partners):
        hidden = {"summary": "qxactivitywords", "gifts": ["FG6"], "languages": ["so"]}
        make_activity(association, "qxhiddenactivity", place=self.place, **hidden)
        make_activity(self.institution, "qxwaitingactivity", waiting=True)
        self.activity.proposed = {"summary": "qxproposedwords"}
        self.activity.place = partners.asset_ptr
        self.activity.save()

    def partners(self, hidden, archived):
        """The library's association answers through the coordinators, as it has no owner."""
        user, asked = self.people["partner"], self.association.asset_ptr
        two = {"sender": user, "to": asked, "on_behalf": hidden.asset_ptr}
        contact = Contact.objects.create(area=self.area, **two)
        contact.messages.create(author=user, from_sender=True, text="qxcontactword")
        Aside.objects.create(by=user, asset=asked, because="other", text="qxasidetext")
        user.searches.create(area=self.area, name="qxsearchname", query="theme=bees")
        archived.role_offers.create(field="books", text="qxroletext")
        told = {"title": "Suppe", "story": "De kogte den", "source": "Bogen"}
        Recipe.objects.create(area=self.area, **told).parts.set([hidden.pk, asked.pk])

    def recognitions(self, resident):
        said = {"waiting": "qxwaitingword", "hidden": "qxhiddenword", "accepted": "qxacceptedword"}
        for state, word in said.items():
            about = {"area": self.area, "resident": resident, "state": state}
            Recognition.objects.create(name="Ida", reason=word, **about)
        Recognition.objects.create(area=self.area, name="Bo", reason="qxunmatchedword")

    def meetings(self, resident):
        """The other side of each is nobody's, so the coordinators answer for it."""
        told = {"area": self.area, "connector": self.people["partner"], "reason": "qxmeetreason"}
        hers = {"other": resident, "other_says_yes": True}
        words = {"other_name": "qxmeetname", "other_contact": "qxmeetcontact"}
        Meeting.objects.create(one=self.institution, **hers, **words, **told)
        words = {"other_name": "qxmetname", "other_contact": "qxmetcontact"}
        both = {"one_says_yes": True, "state": "agreed"}
        Meeting.objects.create(one=self.association, **hers, **both, **words, **told)

    def browser(self, role):
        client = Client(headers={"accept-language": "en"})
        if self.people[role]:
            client.force_login(self.people[role])
        return client


@contextmanager
def undone(client):
    """Undo what a browser does within, to the database and to its own cookies."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def picture():
    file = BytesIO()
    Image.new("RGB", (20, 10), "green").save(file, "PNG")
    return file.getvalue()
