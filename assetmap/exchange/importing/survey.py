"""What a file holds, before anything is done with it: columns, samples, and what recurs."""

from collections import Counter
from itertools import islice

COUNT_UP_TO = 20_000  # rows that are looked at; a longer sheet has "more"
SAMPLES = 50
FEW = 60  # different texts in a column that can be matched one by one
SHOWN = 60  # characters of a text


def survey(reading):
    """Return what was understood of a Reading, as JSON that Import.understood keeps."""
    return {
        "format": reading.format,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "licence": reading.licence,
        "notes": [str(note) for note in reading.notes],
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
    }


def _sheet(sheet):
    samples, number, tallies = [], 0, [Counter() for _column in sheet.columns]
    for row in islice(sheet.rows(), COUNT_UP_TO + 1):
        number += 1
        if len(samples) < SAMPLES and not row.problem:
            samples.append([value[:200] for value in row.values])
        for tally, value in zip(tallies, row.values, strict=True):
            if value and len(tally) <= FEW:
                tally[value[:200]] += 1
    return {
        "name": sheet.name,
        "columns": sheet.columns,
        "rows": min(number, COUNT_UP_TO),
        "more": number > COUNT_UP_TO,
        "samples": samples,
        "has_geometry": sheet.has_geometry,
        "crs": sheet.crs,
        "values": {
            column: tally.most_common()
            for column, tally in zip(sheet.columns, tallies, strict=True)
            if 0 < len(tally) <= FEW
        },
    }
