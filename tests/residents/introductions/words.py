"""What the tests of introductions share: the words of both, and where they could show."""

from django.urls import reverse

from assetmap.inventory.models import Asset
from residents.models import Consent, Introduction
from tests.contracts import browser_of, text_of
from tests.factories import make_resident, make_user

ASKED = {
    "message": "qxmessage: shall we sew?",
    "asker_name": "qxaskername",
    "asker_contact": "qxaskercontact",
    "agrees": "on",
}
YES = {"answer": "yes", "resident_name": "qxresname", "resident_contact": "qxrescontact"}
OF_ASKER = ["qxaskername", "qxaskercontact", "qxaskeruser", "qxasker@example.org"]
OF_HER = ["qxresname", "qxrescontact", "qxprivate", "qxheruser", "qxher@example.org"]
WORDS = ["qxmessage", "qxaskername", "qxaskercontact", "qxresname", "qxrescontact"]
ROLES = [
    *("visitor", "neighbour", "partner", "coordinator", "stranger", "administrator"),
    *("asker", "owner"),
]
COLUMNS = ["message", "asker_name", "asker_contact", "resident_name", "resident_contact"]


def agreeing(area, name, owner, **fields):
    """Somebody who has agreed to be introduced."""
    fields = {"visibility": "neighbours"} | fields
    resident = make_resident(area, name, owner=owner, **fields)
    Consent.objects.give(resident, [Consent.Purpose.INTRODUCE], language="da", channel="web")
    return resident


def introduce(resident, asker, **fields):
    words = {name: value for name, value in ASKED.items() if name != "agrees"}
    return Introduction.objects.create(resident=resident, asker=asker, **{**words, **fields})


def accepted(resident, asker):
    shown = {name: value for name, value in YES.items() if name != "answer"}
    return introduce(resident, asker, state="accepted", **shown)


def over(resident, asker, state="declined", **fields):
    return introduce(resident, asker, state=state, **dict.fromkeys(COLUMNS, ""), **fields)


def url(name, area, *args):
    return reverse(f"introductions:{name}", args=[area.slug, *args])


def words_of(introduction):
    introduction.refresh_from_db()
    return "".join(getattr(introduction, name) for name in COLUMNS)


def pages_for(user, area, resident, introduction):
    """Everything that the user is given about the two, and where the other could show."""
    addresses = [
        *(url("list", area), url("answer", area, introduction.pk)),
        *(url("ask", area, resident.uid), resident.get_absolute_url(), area.get_absolute_url()),
        *(reverse("me:me", args=[area.slug]), reverse("explore:map", args=[area.slug])),
    ]
    browser = browser_of(user)
    return "".join(text_of(browser.get(address, follow=True)) for address in addresses)


def shown(words, text):
    return [word for word in words if word in text]


def some(area, number):
    """Residents who can be asked, each with an owner of her own."""
    owners = [make_user("resident", area) for _ in range(number)]
    return [agreeing(area, None, owner) for owner in owners]


def not_agreed(resident):
    Consent.objects.withdraw(resident, Consent.Purpose.INTRODUCE)


def archived(resident):
    Asset.objects.filter(pk=resident.pk).update(status="archived")
