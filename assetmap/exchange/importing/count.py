"""How many rows of a run there are of each outcome."""

from django.db.models import Count

from ..models import ImportRow


def count(run):
    """Set run.counts to the number of rows by outcome, and of some more; it is not saved."""
    numbers = dict(run.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    run.counts = {outcome: numbers.get(outcome, 0) for outcome in ImportRow.Outcome.values}
    run.counts["rows"] = sum(numbers.values())
    run.counts["likely"] = run.rows.exclude(likely=[]).count()
    unplaced = run.rows.filter(what="asset", values__fields__latitude__isnull=True)
    run.counts["unplaced"] = unplaced.exclude(outcome="refused").count()
