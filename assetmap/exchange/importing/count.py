"""How many rows of a run there are of each outcome."""

from django.db.models import Count, Q

from ..models import ImportRow


def count(run):
    """Work out how many rows there are of each outcome."""
    numbers = dict(run.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    run.counts = {outcome: numbers.get(outcome, 0) for outcome in ImportRow.Outcome.values}
    run.counts["rows"] = sum(numbers.values())
    run.counts["likely"] = run.rows.exclude(likely=[]).count()
    run.counts["unplaced"] = run.rows.filter(
        ~Q(outcome="refused"), what="asset", values__fields__latitude__isnull=True
    ).count()
