"""Forms filled in as a browser would, so that what a program sends is checked as people's is."""

from django.http import QueryDict


def as_shown(form):
    """Return what a browser would send of a form that nobody touched, rows included."""
    data = QueryDict(mutable=True)
    for part in _parts(form):
        for field in part:
            if field.value() is not None:
                _put(data, field.html_name, field.value())
    return data


def _parts(form):
    yield form
    for rows in getattr(form, "formsets", []):
        yield rows.management_form
        yield from rows


def fill_in(data, values):
    """Put values into what is sent, by the names of the form's fields."""
    for name, value in values.items():
        _put(data, name, value)


def _put(data, name, value):
    """As a browser: a list is many values, what is not ticked is not sent."""
    data.pop(name, None)
    if isinstance(value, bool):
        value = ["on"] if value else []
    elif not isinstance(value, list):
        value = ["" if value is None else value]
    if value:
        data.setlist(name, [str(one) for one in value])


def add_gifts(data, form, gifts):
    """Put more gifts after those that an asset has: dicts with gift or text, mode, note, times."""
    rows = form.formsets[0]
    first, known = rows.initial_form_count(), rows.gifts_by_word if gifts else {}
    fill_in(data, {f"{rows.prefix}-TOTAL_FORMS": first + len(gifts)})
    for number, gift in enumerate(gifts, first):
        row = {**gift, "what": word_for(gift, known)}
        fill_in(data, {f"{rows.prefix}-{number}-{name}": value for name, value in row.items()})


def word_for(gift, known):
    """Return the word by which the form knows a gift's code; `known` is Gift.objects.by_word()."""
    code = gift.get("gift")
    if not code:
        return gift.get("text", "")
    return next((word for word, one in known.items() if one.code == code), "")


def take_out_gift(data, form, gift, text, mode):
    """Tick “delete” at an asset's gift; return whether it has it."""
    rows = form.formsets[0]
    for row in rows.initial_forms:
        one = row.instance
        code = one.gift.code if one.gift_id else ""
        if (code, one.text, one.mode) == (gift, text, mode):
            fill_in(data, {row.add_prefix("DELETE"): True})
            return True
    return False
