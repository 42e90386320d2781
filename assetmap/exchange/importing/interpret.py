"""One row of a file as a draft of an asset, a tie or a gift: nothing is looked up or written."""

import re
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset, Layer, Link, Offering

from . import fields
from .guess import guess_kind, guess_layer, guess_tie
from .position import Placer
from .values import language_of, mode_of, value_of

LIST = re.compile(r"\s*[;|#\n]\s*")  # between several in one cell
COMMAS = re.compile(r"\s*[;|#\n,]\s*")  # where none of them has a comma in it


@dataclass
class Draft:
    """What a row says. `values` is what is to be written, as JSON; see ImportRow.values."""

    number: int
    key: str = ""
    name: str = ""
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    def say(self, code, **about):
        self.problems.append([code, about])


class Reader:
    """Reads the rows of one sheet by its mapping."""

    def __init__(self, columns, mapping):
        self.places = {}
        for at, column in enumerate(columns):
            if code := mapping["columns"].get(column):
                self.places.setdefault(code, []).append((at, column))
        self.matched = mapping.get("values", {})

    def texts(self, row, code):
        """The row's texts for a target that several columns may have."""
        found = (row.values[at].strip() for at, _column in self.places.get(code, []))
        return [text for text in found if text]

    def text(self, row, code):
        for at, _column in self.places.get(code, ()):
            if text := row.values[at].strip():
                return text
        return ""

    def choice(self, row, code, guess):
        """Return (text, what it was matched with) for a column whose texts are matched."""
        for at, column in self.places.get(code, []):
            if text := row.values[at].strip():
                matched = self.matched.get(column, {})
                return text, matched[text] if text in matched else guess(text)
        return "", ""


class AssetReader(Reader):
    """Reads rows about associations, institutions and places."""

    def __init__(self, area, sheet, mapping):
        super().__init__(sheet.columns, mapping)
        self.placer = Placer(area, sheet.crs)
        self.layer = mapping.get("layer") or "place"
        self.guess_kind = partial(guess_kind, layer=self.layer)
        self.models = fields.importable()
        self.own = [name for name in fields.own_fields() if name in self.places]
        self.gifts = [code for code in self.places if code.startswith("gift:")]
        self.ties = [code for code in self.places if code.startswith("tie:")]

    def draft(self, row):
        """Return the Draft of a Row."""
        draft = Draft(row.number, key=self.text(row, "id") or row.key)
        if row.problem:
            draft.say("unreadable", text=str(row.problem))
            return draft
        layer, kind = self._what(row, draft)
        model = self.models.get(layer)
        draft.name = self._name(row, draft)
        if model is None:
            code = "resident" if layer == Layer.RESIDENT else "layer"
            draft.say(code, **({} if code == "resident" else {"text": layer[:60]}))
            return draft
        draft.values = {"layer": layer, "fields": self._fields(row, model, kind, draft)}
        self._beside(row, draft)
        return draft

    def _what(self, row, draft):
        """Return the layer and the kind of a row, "" where the file does not say."""
        said = self.text(row, "layer")
        text, choice = self.choice(row, "kind", self.guess_kind)
        if text and not choice:
            draft.say("kind_unknown", text=text[:60])
        layer, _colon, kind = choice.partition(":")
        if said:
            named = guess_layer(said) or said
            layer, _colon, kind = (
                choice if layer == named else guess_kind(text, named)
            ).partition(":")
            return named, kind if named == layer else ""
        return layer or self.layer, kind

    def _name(self, row, draft):
        name = " ".join(self.text(row, "name").split()) or self._named_after(row, draft)
        if not name:
            draft.say("no_name")
        elif len(name) > Asset._meta.get_field("name").max_length:
            draft.say("name_long")
        return name[:400]

    def _named_after(self, row, draft):
        text, choice = self.choice(row, "kind", self.guess_kind)
        if not choice:
            return ""
        draft.say("unnamed")
        labels = dict(pair for _group, pairs in fields.kind_choices() for pair in pairs)
        return str(labels.get(choice, text)).capitalize()

    def _fields(self, row, model, kind, draft):
        address = self._address(row)
        texts = {code: self.text(row, code) for code in ("latitude", "longitude", "position")}
        where, odd = self.placer.find(row, {**texts, "address": address})
        draft.problems += odd
        plain = {"name": draft.name, "summary": self._summary(row), "address": address}
        plain |= {name: self.text(row, name) for name in ("visibility", *self.own)}
        if kind:
            plain["kind"] = kind
        return {**self._values(model, plain, draft), **where}

    def _values(self, model, plain, draft):
        values = {}
        for name, text in plain.items():
            target = fields.field_of(model, name) if text else None
            if target is None or (name == "name" and len(text) > target.max_length):
                continue
            value, problem = value_of(target, text.replace("\0", ""))
            if problem:
                draft.problems.append(problem)
            if value is not None:
                values[name] = value
        return values

    def _address(self, row):
        whole = self.text(row, "address")
        street = " ".join(filter(None, (self.text(row, "street"), self.text(row, "number"))))
        first = whole or street
        town = " ".join(filter(None, (self.text(row, "postcode"), self.text(row, "city"))))
        stands = town and fold(town) in fold(first)
        return f"{first}, {town}" if first and town and not stands else first

    def _summary(self, row):
        """The text of the row, and under it what was added from other columns."""
        more = [
            f"{column}: {row.values[at].strip()}"
            for at, column in self.places.get("more", [])
            if row.values[at].strip()
        ]
        return "\n".join(filter(None, [self.text(row, "summary"), *more]))

    def _beside(self, row, draft):
        gifts = [
            [code.partition(":")[2], text, "", ""]
            for code in self.gifts
            for cell in self.texts(row, code)
            for text in COMMAS.split(cell)
            if text
        ]
        ties = [
            [*code.split(":")[1:], text]
            for code in self.ties
            for cell in self.texts(row, code)
            for text in LIST.split(cell)
            if text
        ]
        languages = self._languages(row, draft)
        if any(_holds_cpr(text) for *_tie, text in ties):
            draft.say("cpr", field=gettext("Ties"))
        beside = {"gifts": _checked_gifts(gifts, draft), "ties": ties, "languages": languages}
        draft.values |= {name: rows for name, rows in beside.items() if rows}

    def _languages(self, row, draft):
        codes = []
        for text in (t for cell in self.texts(row, "languages") for t in COMMAS.split(cell) if t):
            if code := language_of(text):
                codes.append(code)
            else:
                draft.say("language", text=text[:60])
        return sorted(set(codes))


def _holds_cpr(text):
    try:
        refuse_cpr(text)
    except ValidationError:
        return True
    return False


def _checked_gifts(gifts, draft):
    """Keep gifts whose words may be kept; the others are said."""
    kept = []
    for mode, text, note, times in gifts:
        told = {"text": text, "note": note, "times": times}
        problems = [_gift_problem(name, value) for name, value in told.items() if value]
        draft.problems += filter(None, problems)
        if not any(problems):
            kept.append([mode, text, note, times])
    return kept


def _gift_problem(name, value):
    return value_of(Offering._meta.get_field(name), value)[1]


class LinkReader(Reader):
    """Reads rows about ties."""

    def draft(self, row):
        """Return the Draft of a Row; its values are the two ends as texts, and the tie."""
        ends = {end: self._end(row, end) for end in ("source", "target")}
        draft = Draft(row.number, name=_arrow(ends)[:400])
        text, tie = self.choice(row, "tie", guess_tie)
        if row.problem:
            draft.say("unreadable", text=str(row.problem))
        elif not all(any(texts) for texts in ends.values()):
            draft.say("empty_end")
        elif not tie:
            draft.say("tie_unknown", text=text[:60])
        draft.values = {**ends, "tie": tie, "fields": self._fields(row, draft)}
        return draft

    def _end(self, row, end):
        """Return what the row says of an end: [id or name, name]."""
        return [self.text(row, end), self.text(row, f"{end}_name")]

    def _fields(self, row, draft):
        values = {}
        for name in fields.TIE_FIELDS:
            if text := self.text(row, name):
                value, problem = value_of(Link._meta.get_field(name), text)
                draft.problems += [problem] if problem else []
                values |= {} if value is None else {name: value}
        return values


class GiftReader(Reader):
    """Reads rows about gifts and wishes."""

    def draft(self, row):
        """Return the Draft of a Row; its values are whose it is as texts, and the gift."""
        whose = [self.text(row, "asset"), self.text(row, "asset_name")]
        gift = self.text(row, "gift")
        draft = Draft(row.number, name=_arrow({"whose": whose, "gift": [gift]})[:400])
        if row.problem:
            draft.say("unreadable", text=str(row.problem))
        elif not gift or not any(whose):
            draft.say("no_gift" if any(whose) else "empty_end")
        mode = mode_of(self.text(row, "mode"))
        told = [mode, gift, self.text(row, "note"), self.text(row, "times")]
        draft.values = {"asset": whose, "gifts": _checked_gifts([told], draft)}
        return draft


def _arrow(ends):
    return " → ".join(texts[-1] or texts[0] or gettext("nothing") for texts in ends.values())


READERS = {"links": LinkReader, "gifts": GiftReader}


def reader_for(area, sheet, mapping):
    """Return what reads the rows of a sheet, or None for one that is left out."""
    as_ = mapping["as"]
    if as_ == "assets":
        return AssetReader(area, sheet, mapping)
    return READERS[as_](sheet.columns, mapping) if as_ in READERS else None
