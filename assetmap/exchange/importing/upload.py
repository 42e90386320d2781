"""A file on its way in: never more of it is kept than may be brought in."""

from io import BytesIO

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.areas.validators import refuse_cpr

from ..models import Import

ENDINGS = (
    ".csv,.tsv,.txt,.xlsx,.geojson,.geojsonl,.json,.jsonl,.ndjson,"
    ".kml,.kmz,.gpx,.umap,.osm,.pbf,.xml,.zip"
)


class LimitHandler(FileUploadHandler):
    """Lets go of what is uploaded beyond the limit, while it comes in.

    The form then gets a file without content but with its true size, and refuses it in words;
    whatever else was typed stays. All files of a request count together.
    """

    received = 0
    file = None

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        return raw_data if self.received <= most_bytes() else None

    def file_complete(self, file_size):
        if self.received <= most_bytes():
            return None
        self._drop_what_was_kept()
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)

    def _drop_what_was_kept(self):
        """Close the part that another handler has: a request holds it long after its answer."""
        for handler in self.request.upload_handlers if self.request else ():
            if file := getattr(handler, "file", None):
                file.close()


def most_bytes():
    """How much of a request's files is kept at most: enough for an import, and for a photo."""
    return max(settings.IMPORT_MAX_BYTES, settings.PHOTO_MAX_BYTES)


class UploadForm(forms.Form):
    """The file, and what is said about it once and for all."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=gettext_lazy(
            "A spreadsheet (CSV, XLSX), a map file (GeoJSON, KML or KMZ from Google My Maps, GPX, "
            "uMap), an extract of OpenStreetMap, or HSDS."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=Import._meta.get_field("source").max_length,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Where it comes from. A file from the same source updates what an earlier one "
            "brought, instead of adding it again. Left empty, it is the file’s name."
        ),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        required=False,
        max_length=Import._meta.get_field("licence").max_length,
        validators=[refuse_cpr],
        help_text=gettext_lazy("On what terms others let you use it, such as CC BY 4.0."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        refuse_cpr(file.name)
        if file.size > settings.IMPORT_MAX_BYTES:
            megabytes = settings.IMPORT_MAX_BYTES // 1024**2
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB. Divide it, or bring in a part of it.")
                % {"megabytes": megabytes}
            )
        return file
