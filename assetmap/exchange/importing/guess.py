"""What the columns of a file are likely to hold: by their names, then by what stands in them."""

import re
from functools import cache, partial

from django.conf import settings
from django.utils.translation import override
from rapidfuzz import fuzz, process
from stdnum.dk import cvr

from assetmap.areas.text import fold, words_in
from assetmap.inventory.models import Layer

from ..reading.osmkinds import osm_kinds
from . import fields
from .words import COLUMNS, GIFTS, KINDS, LINKS, TIES

WORDS = {"assets": COLUMNS, "links": LINKS, "gifts": GIFTS}
OUR_SOURCES = ("sources", "kilder")  # the sheet of our own workbooks that credits
SURE = 88  # of 100: how like a known word a text must be
MOST = 0.8  # the share of a column's values that must look alike
DEGREES = re.compile(r"-?\d{1,3}[.,]\d{3,}")


def guess_sheets(sheets):
    """Return {"sheets": [mapping, …]} for the surveyed sheets of a file.

    Where a sheet of its own holds the gifts, the columns that sum them up are left out.
    """
    mappings = [guess_sheet(sheet) for sheet in sheets]
    if any(mapping["as"] == "gifts" for mapping in mappings):
        for mapping in mappings:
            columns = mapping["columns"].items()
            mapping["columns"] = {c: "" if t.startswith("gift:") else t for c, t in columns}
    return {"sheets": mappings}


def guess_sheet(sheet):
    """Return a mapping for a surveyed sheet: {"as", "layer", "columns", "values"}."""
    as_ = kind_of_sheet(sheet)
    columns = guess_columns(as_, sheet)
    layer = next(filter(None, map(guess_layer, words_in(sheet["name"]))), "place")
    values = guess_values(columns, sheet, layer)
    return {"as": as_, "layer": layer, "columns": columns, "values": values}


def kind_of_sheet(sheet):
    """Say whether a sheet holds ties, gifts or assets, by the names of its columns."""
    if fold(sheet["name"]) in OUR_SOURCES:
        return "skip"
    plain = {_plain(column) for column in sheet["columns"]}

    def has(words, *codes):
        return all(plain & set(words[code].split()) for code in codes)

    if has(LINKS, "source", "tie", "target"):
        return "links"
    own = {"gift", "mode"} <= plain or {"evne", "hvordan"} <= plain
    return "gifts" if own or (has(GIFTS, "asset", "gift", "mode")) else "assets"


def guess_columns(as_, sheet):
    """Return {column: target} for a surveyed sheet; "" for what nothing is known of."""
    by_name = {column: _by_name(as_, column) for column in sheet["columns"]}
    found, taken = {}, set()
    for column in sorted(sheet["columns"], key=lambda c: _rank(as_, c, by_name[c])):
        code = by_name[column]
        free = code and (code not in taken or fields.takes_several(code))
        found[column] = code if free and _fits(code, _values(sheet, column)) else ""
        taken.add(found[column])
    if as_ == "assets":
        _by_values(sheet, found)
    return {column: found[column] for column in sheet["columns"]}


def _plain(text):
    return re.sub(r"[^a-z0-9:]", "", fold(text))


@cache
def _names(as_):
    """Return {folded name of a column: (target, how good a name it is, the best first)}."""
    names = {}
    for code, words in WORDS[as_].items():
        for rank, word in enumerate(words.split()):
            names.setdefault(word, (code, rank))
    for language, _name in settings.LANGUAGES:
        with override(language):
            for _group, pairs in fields.targets(as_):
                for code, label in pairs:
                    names.setdefault(_plain(str(label)), (code, 0))
    return names | {_plain(code): (code, 0) for code in fields.codes(as_)}


def _by_name(as_, column):
    last = column.rsplit(".", 1)[-1]
    for text in (column, last):
        if found := _names(as_).get(_plain(text)):
            return found[0]
    return ""


def _rank(as_, column, code):
    """Order columns so that of two for one target the better named one gets it."""
    return _names(as_).get(_plain(column), (code, 99))[1]


def _values(sheet, column):
    at = sheet["columns"].index(column)
    return [row[at] for row in sheet["samples"] if row[at]]


def _fits(code, values):
    """Whether what stands in a column can be what its name says, where that can be told."""
    if code in ("latitude", "longitude") and values:
        return _share(values, lambda text: re.fullmatch(r"-?[\d.,\s]+[°NSEØVW]?", text)) >= MOST
    return not (code.startswith("gift:") and any(text.startswith("{") for text in values))


def _share(values, test):
    return sum(bool(test(value)) for value in values) / len(values)


def _by_values(sheet, found):
    """Recognise columns that no name gave away: e-mails, web addresses, coordinates, names."""
    free = [column for column in sheet["columns"] if not found[column] and _values(sheet, column)]
    for column in free:
        code = _by_look(_values(sheet, column))
        if code and code not in found.values():
            found[column] = code
    if "name" not in found.values() and (texts := [c for c in free if not found[c]]):
        likely = max(texts, key=lambda column: _name_like(_values(sheet, column)))
        if _name_like(_values(sheet, likely)):
            found[likely] = "name"


def _by_look(values):
    looks = {
        "email": lambda text: re.fullmatch(r"\S+@\S+\.\w+", text),
        "website": lambda text: re.match(r"(https?://|www\.)\S+$", text),
        "cvr": lambda text: cvr.is_valid(text) and not text.startswith("0"),
        "latitude": lambda text: DEGREES.fullmatch(text) and 54 <= _number(text) <= 58,
        "longitude": lambda text: DEGREES.fullmatch(text) and 7 <= _number(text) <= 16,
    }
    return next((code for code, test in looks.items() if _share(values, test) >= MOST), "")


def _number(text):
    return float(text.replace(",", "."))


def _name_like(values):
    """How like names the values are: different, short, and with letters in them."""
    named = [text for text in values if re.search(r"[^\W\d_]{2}", text) and len(text) <= 80]
    return len(set(named)) / len(values) if len(named) >= len(values) / 2 else 0


# What stands in a column ------------------------------------------------------------------


def guess_values(columns, sheet, layer="place"):
    """Return {column: {text: choice}} for columns that say what a row, or a tie, is."""
    how = {"kind": partial(guess_kind, layer=layer), "tie": guess_tie}
    return {
        column: {text: how[code](text) for text, _count in sheet["values"].get(column, [])}
        for column, code in columns.items()
        if code in how
    }


def guess_kind(text, layer=""):
    """Return what a word says something is, as "layer:kind", or "" if nothing is known.

    Where both have such a kind, it is one of the `layer` that the sheet is about: a list of
    places has day-care houses, one of organisations has those who run them.
    """
    found = _closest(fold(text).strip(), _kinds())
    same = f"{layer}:{found.partition(':')[2]}"
    return same if same in _codes() else found


def guess_tie(text):
    """Return the tie that a word names, as "kind:out" or "kind:back", or ""."""
    return _closest(fold(text).strip(), _ties())


def guess_layer(text):
    """Return the layer that a word, or the name of a sheet, speaks of, or ""."""
    return _closest(fold(text).strip(), _layers(), 75)


def _closest(text, known, sure=SURE):
    if text in known:
        return known[text]
    bare = re.sub(r"\s*\(.*?\)", "", text)
    found = process.extractOne(bare, known.keys(), scorer=fuzz.ratio, score_cutoff=sure)
    return known[found[0]] if found else ""


@cache
def _codes():
    """The kinds of all layers that have some, as {"layer:kind"}."""
    return {
        code
        for _group, pairs in fields.kind_choices()
        for code, _label in pairs
        if code[-1] != ":"
    }


@cache
def _kinds():
    kinds = {}
    for tag, row in osm_kinds().items():
        for word in (tag, row.name_da, row.name_en):
            kinds.setdefault(fold(word), f"{row.layer}:{row.kind}")
    for language, _name in settings.LANGUAGES:
        with override(language):
            for _group, pairs in reversed(fields.kind_choices()):
                kinds |= {fold(str(label)): code for code, label in pairs}
                kinds |= {code: code for code, _label in pairs}
    kinds |= {word: f"{layer}:" for word, layer in _layers().items()}
    return kinds | KINDS


@cache
def _ties():
    ties = dict(TIES)
    for language, _name in settings.LANGUAGES:
        with override(language):
            ties |= {fold(str(label)): code for code, label in fields.tie_choices()}
    codes = {code for code, _label in fields.tie_choices()}
    return ties | {code: code for code in codes} | {c[:-4]: c for c in codes if c.endswith(":out")}


@cache
def _layers():
    """Return {folded name of a layer, one or many: layer}; residents too, to refuse them."""
    names = {layer.value: layer.value for layer in Layer}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for layer in Layer:
                names |= {
                    fold(str(layer.label)): layer.value,
                    fold(str(layer.plural)): layer.value,
                }
    return names | {"steder": "place", "organisationer": "institution"}
