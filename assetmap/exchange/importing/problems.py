"""What can be wrong with a row, in words; kept as codes, so that each reads it in her language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Codes that refuse the row; with the others it comes in, as the sentence says.
REFUSED = {
    "unreadable": gettext_noop("%(text)s"),
    "no_name": gettext_noop("It has no name. Write one in the column for names."),
    "name_long": gettext_noop("The name has more than 150 characters. Shorten it."),
    "cpr": gettext_noop(
        "It looks like it holds a CPR number, in “%(field)s”. Take it out: "
        "nobody’s CPR number may be kept here."
    ),
    "resident": gettext_noop(
        "It is about a person. People are not brought in by file: they register themselves, "
        "or are written down together with them."
    ),
    "layer": gettext_noop("“%(text)s” is no layer. Write association, institution or place."),
    "same_id": gettext_noop("It has the same id as row %(number)s: “%(key)s”."),
    "same_asset": gettext_noop("In the inventory it is one and the same as row %(number)s."),
    "no_end": gettext_noop("“%(text)s” is not in the inventory, nor in this file."),
    "two_ends": gettext_noop("Several are called “%(text)s”. Write the id instead of the name."),
    "empty_end": gettext_noop("It does not say between which two the tie is."),
    "tie_unknown": gettext_noop("“%(text)s” is no kind of tie that was matched."),
    "tie_layers": gettext_noop("Such a tie does not go between these two layers."),
    "tie_self": gettext_noop("A tie joins two different ones."),
    "tie_ends": gettext_noop("The tie cannot end before it began."),
    "end_gone": gettext_noop("One of the two is not in the inventory any more."),
    "tie_twice": gettext_noop("It is the same tie as row %(number)s."),
    "no_gift": gettext_noop("It does not say which gift or wish."),
    "changed_meanwhile": gettext_noop(
        "Somebody changed it in the inventory after this file was read. Import the file again."
    ),
    "taken_meanwhile": gettext_noop(
        "Another import brought it in meanwhile. Import the file again."
    ),
}
NOTES = {
    "swapped": gettext_noop("Latitude and longitude were swapped; they are put right."),
    "utm": gettext_noop("The coordinates are in EPSG:25832; they were turned into degrees."),
    "crs": gettext_noop("The coordinates are in %(crs)s; they were turned into degrees."),
    "zero": gettext_noop("Its position is 0, 0, in the sea off Africa. It is not placed."),
    "not_number": gettext_noop("“%(text)s” is no coordinate. It is not placed by it."),
    "half": gettext_noop("It has only one of latitude and longitude. It is not placed by it."),
    "off_earth": gettext_noop("Its coordinates are nowhere on earth. It is not placed by them."),
    "far": gettext_noop("It lies %(km)s km from the middle of the area. Is that right?"),
    "no_geometry": gettext_noop("The file gives it no position."),
    "middle": gettext_noop("It is an area or a line: its outline is kept, the pin is inside."),
    "outline": gettext_noop("Its outline crosses itself or is broken. Only the pin is kept."),
    "by_address": gettext_noop("It is placed by its address."),
    "unplaced": gettext_noop("It is not yet placed: it has no position that could be found."),
    "bad_value": gettext_noop("“%(text)s” in “%(field)s” is left out: %(why)s"),
    "cut": gettext_noop("“%(field)s” was longer than %(most)s characters and is cut."),
    "kind_unknown": gettext_noop("What it is, “%(text)s”, was not matched."),
    "language": gettext_noop("“%(text)s” is no language that is asked about."),
    "other_layer": gettext_noop(
        "In the inventory it is of another layer: %(layer)s. It stays so."
    ),
    "archived": gettext_noop("In the inventory it is archived. It stays so."),
    "no_such_tie": gettext_noop("No tie to “%(text)s”: it is not in the inventory, or not alone."),
    "no_outer_tie": gettext_noop("No tie to “%(text)s”: such a tie does not go between the two."),
    "like_row": gettext_noop("It has the same name and place as row %(number)s."),
    "unnamed": gettext_noop("It had no name, and is named after what it is."),
}
WHYS = {
    "cvr": gettext_noop("same CVR number"),
    "phone": gettext_noop("same phone number"),
    "email": gettext_noop("same e-mail"),
    "website": gettext_noop("same website"),
    "address": gettext_noop("same address"),
    "name": gettext_noop("same name"),
    "like": gettext_noop("names alike (%(score)s of 100)"),
    "metres": gettext_noop("%(metres)s m apart"),
}
TEXTS = REFUSED | NOTES


def refuses(problems):
    """Whether one of a row's problems keeps it out."""
    return any(code in REFUSED for code, _about in problems)


def sentence(code, about):
    """Return a problem in words."""
    return _(TEXTS[code]) % about


def sentences(row):
    """Return all that is to be said about an ImportRow; why it is refused comes first."""
    problems = sorted(row.problems, key=lambda problem: problem[0] not in REFUSED)
    return [sentence(code, about) for code, about in problems]


def whys(reasons):
    """Return why two may be one and the same, in words; see known.likely."""
    return [_(WHYS[code]) % about for code, about in reasons]
