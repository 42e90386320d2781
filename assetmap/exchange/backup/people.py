"""Which of the people in a backup are here already: by e-mail, else by the code on their paper."""

from functools import cached_property

from assetmap.areas.models import Receipt, User


class Accounts:
    def __init__(self, archive):
        self.archive = archive

    def here(self, people):
        """Return {key in the backup: key here} of those of the people who have an account."""
        by_email = self._found(User, "email", {p["id"]: p.get("email") for p in people}, "pk")
        digests = {p["id"]: self.digests.get(p["id"]) for p in people}
        by_paper = self._found(Receipt, "digest", digests, "user_id")
        return by_paper | by_email

    @cached_property
    def digests(self):
        """The digest of each receipt in the backup, by the key of its owner."""
        rows = self.archive.rows(Receipt)
        return {told["user"]: told["digest"] for told in rows}

    def _found(self, model, column, wanted, key):
        values = [value for value in wanted.values() if isinstance(value, str)]
        rows = model.objects.filter(**{f"{column}__in": values}).values_list(column, key)
        keys = dict(rows)
        return {old: keys[value] for old, value in wanted.items() if value in keys}
