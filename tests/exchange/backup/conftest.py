import pytest

from assetmap.areas.models import User
from assetmap.areas.receipts import issue
from assetmap.exchange.models import Import, ImportRow, Mapping, Merge
from assetmap.inventory.models import Link
from residents.models import Approval
from tests.factories import make_link, make_resident
from tests.world import World

LONG_AGO = "2013-05-17T10:11:12.131415+00:00"


class Rich(World):
    """A world with a row in every table that a backup has."""

    def __init__(self, slug="urbanplanen"):
        super().__init__(slug)
        self.papers()
        bring_in(self.area, self.place, self.hidden["partners"], self.people["coordinator"])
        mutual = make_link(self.place, self.association, "works_with", note="æøå “citat” \u2028")
        Link.objects.filter(pk=mutual.pk).update(created_at=LONG_AGO, updated_at=LONG_AGO)

    def papers(self):
        holder = User.objects.create_user(None)
        holder.memberships.create(area=self.area, role="resident")
        self.receipt = issue(holder)
        waiting = make_resident(self.area, "Venter", owner=holder, status="unconfirmed")
        self.approval = Approval.objects.ask(waiting, "person")


def bring_in(area, kept, gone, user):
    """An import that is done, one under way, and a merging, with keys inside their JSON."""
    Mapping.objects.create(area=area, columns="x", mapping={"name": 0})
    told = {"area": area, "user": user, "source": "kk"}
    run = Import.objects.create(**told, state="done", filename="a.csv", file="imports/a.csv")
    row = {"run": run, "asset": kept, "outcome": "new", "key": "7"}
    ImportRow.objects.create(number=1, made={"links": [1]}, likely=[{"asset": 1}], **row)
    under_way = Import.objects.create(**told, state="checked", filename="b.csv")
    ImportRow.objects.create(run=under_way, number=1, outcome="new")
    ends = {"kept": kept, "gone": gone, "gone_status": "active"}
    Merge.objects.create(area=area, moved={"inventory.offering.asset": [1]}, **ends)


@pytest.fixture
def rich(db):
    return Rich()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.zip"


@pytest.fixture
def later(tmp_path):
    """Where a second backup goes."""
    return tmp_path / "later.zip"
