"""Rows about ties, and about gifts: whom they mean, and whether that stands there already."""

from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.loader import update_rows
from assetmap.inventory.models import Gift, Link, Offering

from ..models import ImportRow
from .chunks import in_chunks
from .compare import keys_of, row_key, tie_changes
from .ends import End
from .problems import refuses

Outcome, What = ImportRow.Outcome, ImportRow.What


class BesideStage:
    """What rows of both kinds share: a row for every draft, told whether it is new."""

    what = None

    def __init__(self, run, ends):
        self.run, self.ends = run, ends
        self.seen = {}

    def rows(self, sheet, sheet_name, drafts):
        """Return an ImportRow for each Draft of a sheet."""
        return [self._row(sheet, draft) for draft in drafts]

    def _row(self, sheet, draft):
        row = ImportRow(
            run=self.run,
            sheet=sheet,
            number=draft.number,
            what=self.what,
            name=draft.name,
            values=draft.values,
            problems=draft.problems,
            outcome=Outcome.NEW,
        )
        if not refuses(draft.problems):
            self.decide(row)
        return row


class LinkStage(BesideStage):
    what = What.LINK

    def __init__(self, run, ends):
        super().__init__(run, ends)
        links = Link.objects.filter(source__area=run.area)
        self.there = set(links.values_list("source", "target", "kind").iterator())

    def decide(self, row):
        source, target, kind = directed(self.ends, row.values)
        problem = tie_problem(source, target, kind) or dates_problem(row.values["fields"])
        if problem:
            row.problems.append(problem)
            return
        key = tie_key(source, target, kind)
        if key in self.seen:
            row.problems.append(["tie_twice", {"number": self.seen[key]}])
            return
        self.seen[key] = row.number
        row.values = _tie(source, target, kind) | {"fields": row.values["fields"]}
        if self._is_there(source, target, kind):
            row.outcome = Outcome.UNCHANGED

    def _is_there(self, source, target, kind):
        ends = (source.asset, target.asset)
        both_ways = (ends, ends[::-1]) if LINK_KINDS[kind].symmetric else (ends,)
        return any((*pair, kind) in self.there for pair in both_ways)

    def settle(self, row):
        """Turn the ties that an asset's row names into links, and say which cannot be made."""
        open_yet = row.pk if row.likely or not row.asset_id else None
        own = End(row.asset_id, row.values["layer"], open_yet)
        settled = [self._settled(own, row, *tie) for tie in row.values.pop("ties")]
        found = [link for link in settled if link]
        new = [link for link, is_there in found if not is_there]
        # A row that may yet be another asset needs those too that the likely one has already.
        row.values["links"] = [link for link, _is_there in found] if row.likely else new
        if new and row.asset_id:
            row.changes["ties"] = tie_changes(new)
            row.outcome = Outcome.CHANGED

    def _settled(self, own, row, kind, way, text):
        """Return (link, whether it is there already), or None with the row told why."""
        other = self.ends.find(text)
        source, target = (own, other) if way == "out" else (other, own)
        problem = tie_problem(source, target, kind)
        if problem:
            code = "no_such_tie" if problem == other.problem else "no_outer_tie"
            row.problems.append([code, {"text": text[:60]}])
            return None
        key = tie_key(source, target, kind)
        if key in self.seen:
            return None
        self.seen[key] = row.number
        return _tie(source, target, kind), self._is_there(source, target, kind)


def settle_ties(run, ends):
    """Find whom the tie columns of assets' rows mean, now that all rows are known.

    A row's `ties`, as [[kind, way, text]], become its `links`: those that are not there yet.
    """
    stage = LinkStage(run, ends)
    rows = run.rows.filter(what=What.ASSET, values__has_key="ties").exclude(outcome="refused")
    for chunk in in_chunks(rows):
        for row in chunk:
            stage.settle(row)
        update_rows(ImportRow, chunk, ["values", "changes", "problems", "outcome"])


def directed(ends, values):
    """Return (source End, target End, kind) of a tie that a row tells, whichever way."""
    kind, _colon, way = values["tie"].partition(":")
    found = [ends.find(*values[end]) for end in ("source", "target")]
    return (*(found[::-1] if way == "back" else found), kind)


def tie_problem(source, target, kind):
    """Return why two Ends cannot be tied, as [code, about], or None."""
    for end in (source, target):
        if end.problem:
            return end.problem
    if _who(source) == _who(target):
        return ["tie_self", {}]
    if kind not in LINK_KINDS:
        return ["tie_unknown", {"text": kind}]
    return None if LINK_KINDS[kind].allows(source.layer, target.layer) else ["tie_layers", {}]


def _tie(source, target, kind):
    return {"source": _of(source), "target": _of(target), "kind": kind}


def dates_problem(values):
    """Return why a tie's dates cannot be, as [code, about], or None: the constraint of Link."""
    since, until = values.get("since", ""), values.get("until", "")
    fits = not until or until >= since or since.startswith(until)
    return None if fits else ["tie_ends", {}]


def _of(end):
    """An End as JSON: the key of an asset, or of the row that makes it or may be another one."""
    return {"row": end.row} if end.row else {"asset": end.asset}


def _who(end):
    return str(end.asset or ("row", end.row))


def tie_key(source, target, kind):
    """What two ties between Ends are the same by."""
    ends = [_who(source), _who(target)]
    return (*(sorted(ends) if LINK_KINDS[kind].symmetric else ends), kind)


class GiftStage(BesideStage):
    what = What.GIFT

    def __init__(self, run, ends):
        super().__init__(run, ends)
        self.gifts_by_word = Gift.objects.by_word()
        rows = Offering.objects.filter(asset__area=run.area)
        self.there = {
            (row.asset_id, *key) for row in rows for key in keys_of(row, self.gifts_by_word)
        }

    def decide(self, row):
        end = self.ends.find(*row.values["asset"])
        if end.problem:
            row.problems.append(end.problem)
            return
        gifts = row.values["gifts"]
        row.values = {"asset": _of(end), "gifts": gifts}
        keys = {
            (end.asset or f"row {end.row}", *row_key(gift, self.gifts_by_word)) for gift in gifts
        }
        if not keys - self.there:
            row.outcome = Outcome.UNCHANGED
        self.there |= keys
