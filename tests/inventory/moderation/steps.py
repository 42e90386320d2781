"""What the tests of moderation share: how one writes, and how a coordinator decides."""

from django.urls import reverse

from assetmap.inventory.models import Asset, Proposal
from tests.contracts import as_shown

EMOJI, RTL, OVERRIDE = "Brød 🥖👩‍🌾", "خبز الجيران", "\u202egarbled"
STALE = "This was decided or changed meanwhile."
DECISIONS = ["queue-records", "queue-words", "queue-gifts"]


def edit(client, asset, **changes):
    page = client.get(asset.url("edit"))
    return client.post(asset.url("edit"), as_shown(page, **changes), follow=True)


def kept(asset):
    return type(asset).objects.get(pk=asset.pk)


def queue(client, area):
    return client.get(reverse("inventory:queue", args=[area.slug]))


def decide(client, asset, name, do, **data):
    """Press a button of the queue as it stands now."""
    asset = Asset.objects.get(pk=asset.pk)
    data = {"uid": asset.uid, "version": asset.version, "do": do, **data}
    url = reverse(f"inventory:queue-{name}", args=[asset.area.slug])
    return client.post(url, data, follow=True)


def know_more(client, asset, **data):
    """Post the form as a browser does, with what stands in it."""
    url = asset.url("know-more")
    return client.post(url, as_shown(client.get(url), **with_initial(asset) | data), follow=True)


def with_initial(asset):
    return {"initial-summary": asset.summary}


def waiting():
    rows = Proposal.objects.order_by("pk")
    return [(row.field, row.text, row.by) for row in rows]
