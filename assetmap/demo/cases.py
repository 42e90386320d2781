"""The cases that the talk tells of Urbanplanen, and made-up neighbours plainly marked as such."""

import tomllib

from django.utils import timezone

from assetmap.activities.models import Activity
from assetmap.inventory.loader import load_assets, load_links, load_offerings
from assetmap.inventory.models import Gift, Link, Offering, SpokenLanguage
from assetmap.network.models import Recognition
from associations.models import Association, Figure, Milestone
from institutions.models import Institution, RoleOffer
from places.models import Place
from residents.models import Consent, Resident

from .city import DATA

MADE_UP = "Opdigtet til demonstration"
MODELS = {
    "place": Place,
    "institution": Institution,
    "association": Association,
    "resident": Resident,
}
ROW_KEYS = ("key", "at", "demo", "gifts", "words", "milestones", "figures", "languages")


def load_cases(area, assets):
    """Load cases.toml beside the city's assets ({source id: asset}), which its ties may name."""
    with (DATA / "cases.toml").open("rb") as file:
        cases = tomllib.load(file)
    assets = dict(assets)
    for layer, model in MODELS.items():
        made = [_asset(model, row, area, cases["source"], assets) for row in cases[layer]]
        for row, asset in zip(cases[layer], load_assets(model, made), strict=True):
            assets[row["key"]] = asset
            _load_rows(row, asset)
    _agree(assets[row["key"]] for row in cases["resident"])
    load_offerings(list(_offerings(cases, assets)))
    load_links([_link(row, cases["source"], assets) for row in cases["tie"]])
    Recognition.objects.bulk_create([_said(row, area, assets) for row in cases["recognition"]])
    for row in cases["activity"]:
        _hold(row, area, assets)
    for row in cases["role"]:
        _mark(row, assets)
    return assets


def _asset(model, row, area, source, assets):
    own = {name: value for name, value in row.items() if name not in ROW_KEYS}
    if "at" in row:
        host = assets[row["at"]]
        own |= {"latitude": host.latitude, "longitude": host.longitude}
    return model(area=area, source_id=row["key"], **own, **_provenance(row, source))


def _provenance(row, source):
    if row.get("demo"):
        return {"source": MADE_UP}
    return {
        "source": source["name"],
        "licence": source["licence"],
        "confirmed_at": timezone.now(),
    }


def _load_rows(row, asset):
    SpokenLanguage.objects.bulk_create(
        [SpokenLanguage(asset=asset, code=code) for code in row.get("languages", [])]
    )
    Milestone.objects.bulk_create(
        [
            Milestone(association=asset, date=date, text=text, stage=stage)
            for date, text, stage in row.get("milestones", [])
        ]
    )
    Figure.objects.bulk_create(
        [
            Figure(association=asset, date=d, measure=m, precision=p, value=v, unit=u)
            for d, m, p, v, u in row.get("figures", [])
        ]
    )


def _agree(residents):
    """Made-up neighbours have made-up consents, so that one can try what they allow."""
    for resident in residents:
        purposes = [Consent.Purpose.KEEP, Consent.Purpose.INTRODUCE]
        if resident.may_connect:
            purposes.append(Consent.Purpose.CONNECT)
        Consent.objects.give(resident, purposes, language="da", channel=Consent.Channel.PAPER)


def _offerings(cases, assets):
    gifts = {gift.code: gift for gift in Gift.objects.all()}
    for row in (row for layer in MODELS for row in cases[layer]):
        asset = assets[row["key"]]
        for code, mode, *note in row.get("gifts", []):
            yield Offering(asset=asset, gift=gifts[code], mode=mode, note="".join(note))
        for text, mode, *note in row.get("words", []):
            yield Offering(asset=asset, text=text, mode=mode, note="".join(note))


def _link(row, source, assets):
    tied = {name: row[name] for name in ("kind", "since", "until", "note") if name in row}
    told = {"data_source": source["name"], "licence": source["licence"]}
    about = {"data_source": MADE_UP} if row.get("demo") else told
    return Link(source=assets[row["source"]], target=assets[row["target"]], **tied, **about)


def _said(row, area, assets):
    """What a made-up neighbour says of another one; without whom, it waits for a coordinator."""
    about, accepted = assets.get(row.get("resident")), row.get("accepted", False)
    answer = {"state": Recognition.State.ACCEPTED, "answered_at": timezone.now()}
    told = {"area": area, "resident": about, "name": "Opdigtet", "reason": row["reason"]}
    return Recognition(**told, **(answer if accepted else {}))


def _hold(row, area, assets):
    """Write down what somebody holds."""
    ends = {name: assets[row[name]].asset_ptr for name in ("organiser", "place") if name in row}
    own = {name: value for name, value in row.items() if name not in (*ends, "gifts")}
    activity = Activity.objects.create(area=area, **ends, **own)
    activity.gifts.set(Gift.objects.filter(code__in=row["gifts"]))


def _mark(row, assets):
    """Mark what an institution offers in a field, and so that it has taken the role."""
    institution, field = assets[row["institution"]], row["field"]
    RoleOffer.objects.create(institution=institution, field=field, text=row["text"])
    role = "outreach" if field in RoleOffer.A else "facilitating"
    Institution.objects.filter(pk=institution.pk).update(**{role: True})
