"""The form in which the columns of a file are matched, one for each of its sheets."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assetmap.inventory.models import Layer

from . import fields
from .guess import guess_columns, guess_values

LONGEST_SAMPLE = 60
SAMPLES = 3


def kind_choices():
    """What a word may mean: a kind, a layer alone, or people, of whom no row is brought in."""
    groups = fields.kind_choices()
    kinds = {code for _group, pairs in groups for code, _label in pairs}
    alone = [(f"{layer}:", capfirst(layer.label)) for layer in Layer if f"{layer}:" not in kinds]
    return [*groups, (_("Only the layer, no kind (people are left out)"), alone)]


VALUE_CHOICES = {"kind": kind_choices, "tie": fields.tie_choices}


class QuickSelect(forms.Select):
    """One of many selects among the same options, which are written out once.

    Django renders every option by a template: seconds for a file of many columns.
    """

    def __init__(self, options):
        super().__init__()
        self.written_out = options

    def render(self, name, value, attrs=None, renderer=None):
        chosen = format_html('value="{}"', value or "")
        options = self.written_out.replace(chosen, f"{chosen} selected", 1)
        given = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", given, mark_safe(options))  # noqa: S308


def written_out(choices):
    """Return choices, of which some may be in groups, as the HTML inside a select."""
    return format_html_join("", "{}", ([_group(*choice)] for choice in choices))


def _group(label, pairs):
    if not isinstance(pairs, list):
        return _option(label, pairs)
    options = format_html_join("", "{}", ([_option(*pair)] for pair in pairs))
    return format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options


def _option(code, label):
    return format_html('<option value="{}">{}</option>', code, label)


def questions_among(choices):
    """Return a function (label, initial) → field for questions that have the same choices."""
    options = written_out(choices)

    def ask(label, initial, needed=False):
        widget = QuickSelect(options)
        return forms.ChoiceField(
            label=label, choices=choices, initial=initial, required=needed, widget=widget
        )

    return ask


class SheetForm(forms.Form):
    """What a sheet holds, what each column is, and what the words in some columns mean.

    sheet: as surveyed, see Import.understood. chosen: its mapping so far, see Import.mapping;
    it says which questions there are.
    """

    def __init__(self, sheet, chosen, **kwargs):
        super().__init__(**kwargs)
        self.sheet, self.chosen = sheet, chosen
        self._ask_about_sheet()
        if chosen["as"] != "skip":
            self._ask_about_columns()

    def _ask_about_sheet(self):
        as_, holds = self.chosen["as"], questions_among(fields.SHEET_CHOICES)
        self.fields["as"] = holds(_("What this sheet holds"), as_, needed=True)
        # What the page asked for, so that other questions can follow another answer.
        self.fields["was"] = forms.CharField(required=False, initial=as_, widget=forms.HiddenInput)
        if as_ == "assets":
            layers = questions_among(fields.layer_choices())
            label = _("Rows that do not say what they are")
            self.fields["layer"] = layers(label, self.chosen["layer"], needed=True)

    def _ask_about_columns(self):
        ask = questions_among(fields.targets(self.chosen["as"]))
        for at, column in enumerate(self.sheet["columns"]):
            target = self.chosen["columns"].get(column, "")
            field = self.fields[f"column-{at}"] = ask(_title(column, at), target)
            samples = f"id_{self.add_prefix(f'column-{at}')}_samples"
            field.widget.attrs["aria-describedby"] = samples
            if target in VALUE_CHOICES:
                self._ask_about_values(at, column, target)

    def _ask_about_values(self, at, column, target):
        ask = questions_among([("", _("not matched")), *VALUE_CHOICES[target]()])
        guessed = guess_values({column: target}, self.sheet, self.chosen["layer"])[column]
        so_far = guessed | self.chosen["values"].get(column, {})
        for number, (text, _count) in enumerate(self.sheet["values"].get(column, [])):
            self.fields[f"value-{at}-{number}"] = ask(text, so_far[text])

    def questions(self):
        """Return what the page shows of each column."""
        return [
            {
                "field": self[f"column-{at}"],
                "samples": self._samples(at),
                "values": self._value_fields(at, column),
                "too_many": self._has_too_many(at, column),
            }
            for at, column in enumerate(self.sheet["columns"])
            if f"column-{at}" in self.fields
        ]

    def _samples(self, at):
        texts = [row[at] for row in self.sheet["samples"] if row[at].strip()]
        return [text[:LONGEST_SAMPLE] for text in texts[:SAMPLES]]

    def _value_fields(self, at, column):
        return [
            (self[name], count)
            for number, (_text, count) in enumerate(self.sheet["values"].get(column, []))
            if (name := f"value-{at}-{number}") in self.fields
        ]

    def _has_too_many(self, at, column):
        """Whether a column says what the rows are in more ways than can be asked about."""
        is_asked = self.chosen["columns"].get(column) in VALUE_CHOICES
        return is_asked and not self.sheet["values"].get(column) and bool(self._samples(at))

    def is_all_asked(self):
        """Whether the page that was sent held all the questions that its answers lead to."""
        asked = (name for name in self.fields if name.startswith("value-"))
        same = self.data.get(self.add_prefix("was")) == self.chosen["as"]
        return same and all(self.add_prefix(name) in self.data for name in asked)

    def clean(self):
        as_ = self.chosen["as"]
        taken = [code for code in self.chosen["columns"].values() if code and as_ != "skip"]
        labels = dict(pair for _group, pairs in fields.targets(as_) for pair in pairs)
        for code in fields.NEEDED.get(as_, []):
            if code not in taken:
                self.add_error(None, _say_missing(labels[code]))
        for code in sorted({code for code in taken if taken.count(code) > 1}):
            if code in labels and not fields.takes_several(code):
                self.add_error(None, _say_double(labels[code]))
        return super().clean()


def _title(column, at):
    return column.strip() or _("column %(number)s") % {"number": at + 1}


def _say_missing(label):
    return _("Say which column is “%(target)s”: it cannot be done without.") % {"target": label}


def _say_double(label):
    return _("Two columns are “%(target)s”. Choose one, and leave the other out.") % {
        "target": label
    }


def sheet_forms(run, data=None, chosen=None):
    """Return a SheetForm for each sheet of an Import, as posted or as matched so far."""
    sheets, chosen = run.understood["sheets"], chosen or run.mapping["sheets"]
    return [
        SheetForm(sheet, so_far, prefix=f"s{at}", data=data)
        for at, (sheet, so_far) in enumerate(zip(sheets, chosen, strict=True))
    ]


def posted(run, data):
    """Return the mapping that a posted page stands for, as Import.mapping["sheets"].

    What is not asked on the page, as it depends on an answer given there, is guessed.
    """
    pairs = zip(run.understood["sheets"], run.mapping["sheets"], strict=True)
    return [
        _posted_sheet(sheet, so_far, f"s{at}-", data) for at, (sheet, so_far) in enumerate(pairs)
    ]


def _posted_sheet(sheet, so_far, prefix, data):
    as_ = data.get(f"{prefix}as")
    as_ = as_ if as_ in dict(fields.SHEET_CHOICES) else so_far["as"]
    if as_ == "skip":
        return {**so_far, "as": as_}
    columns = _posted_columns(sheet, so_far, prefix, data)
    if data.get(f"{prefix}was") != as_:
        columns = guess_columns(as_, sheet)
    about = {"as": as_, "layer": _posted_layer(so_far, prefix, data, as_), "columns": columns}
    return {**about, "values": _posted_values(sheet, about, so_far, prefix, data)}


def _posted_layer(so_far, prefix, data, as_):
    """The layer is asked, and so checked, of a sheet about assets alone."""
    return data.get(f"{prefix}layer", so_far["layer"]) if as_ == "assets" else so_far["layer"]


def _posted_columns(sheet, so_far, prefix, data):
    before = so_far["columns"]
    return {
        column: data.get(f"{prefix}column-{at}", before.get(column, ""))
        for at, column in enumerate(sheet["columns"])
    }


def _posted_values(sheet, about, so_far, prefix, data):
    guessed = guess_values(about["columns"], sheet, about["layer"])
    return {
        column: {
            text: data.get(f"{prefix}value-{at}-{number}", before.get(text, guessed[column][text]))
            for number, (text, _count) in enumerate(sheet["values"].get(column, []))
        }
        for at, column in enumerate(sheet["columns"])
        if column in guessed
        for before in [so_far["values"].get(column, {})]
    }
