"""Files made to do harm, sent to the real page: a sentence at the file, soon, and nothing kept."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assetmap.exchange.importing import runs
from assetmap.exchange.models import Import
from tests.exchange.importing.made import MATCHED, SHEET, make_run, url
from tests.exchange.reading.files import workbook_of, worksheet, zipped

START = "/urbanplanen/import/"
MB = 1024**2
BOUNDARY = b"--together"
HEAD = b'Content-Disposition: form-data; name="file"; filename="stor.csv"\r\n\r\n'
ZEROS = b"\0" * 40_000_000
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE kml [<!ENTITY a0 "ha">{ENTITIES}]><kml><name>&a9;</name></kml>'
FILES = {
    "xlsx bomb": ("a.xlsx", workbook_of(worksheet(" " * 40_000_000)), "unpacks to far more"),
    "kmz bomb": ("a.kmz", zipped({"doc.kml": ZEROS}), "unpacks to far more"),
    "entities": ("a.kml", LAUGHS.encode(), "document type or entities"),
    "columns": ("a.csv", b"navn," * 1_000_000 + b"\n", "more than 500 columns"),
    "deep": ("a.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
}


class LongBody(io.RawIOBase):
    """A form with one file of many bytes, which are made as they are read."""

    def __init__(self, size):
        self.parts = [BOUNDARY + b"\r\n" + HEAD, size, b"\r\n" + BOUNDARY + b"--\r\n"]
        self.length = size + len(self.parts[0]) + len(self.parts[2])

    def read(self, size=-1):
        while self.parts and not self.parts[0]:
            self.parts.pop(0)
        if not self.parts:
            return b""
        part = self.parts[0]
        if isinstance(part, int):
            given = b"x" * min(size, part)
            self.parts[0] -= len(given)
        else:
            given, self.parts[0] = part[:size], part[size:]
        return given


def send(browser, body):
    return browser.request(
        **{"REQUEST_METHOD": "POST", "PATH_INFO": START, "wsgi.input": body},
        CONTENT_LENGTH=str(body.length),
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY[2:].decode()}",
    )


def files_under(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def temporary(settings, tmp_path):
    """Where Django keeps what is uploaded until the page has answered."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = folder
    return folder


@pytest.fixture
def refused(browser, media, temporary):
    """Send something, and return what the page says at the file."""

    def refused(send):
        began = time.process_time()
        page = send()
        assert time.process_time() - began < 10
        assert page.status_code == 200 and not Import.objects.exists()
        assert not files_under(media)
        (said,) = page.context["form"].errors["file"]
        assert said in page.content.decode().replace("&#x27;", "'")
        return said

    return refused


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_words(browser, refused, name):
    filename, content, sentence = FILES[name]
    file = SimpleUploadedFile(filename, content)
    assert sentence in refused(lambda: browser.post(START, {"file": file}))


def test_200_megabytes_are_refused_in_words_and_not_kept(browser, refused, temporary):
    said = refused(lambda: send(browser, LongBody(200 * MB)))
    assert "larger than 100 MB" in said
    assert not files_under(temporary)


def test_what_no_page_of_ours_sends_is_kept_of_no_sheet(browser, area, monkeypatch):
    monkeypatch.setattr(runs, "work", lambda run: None)
    run = make_run(area, sheets=[SHEET, SHEET], matched=[MATCHED, MATCHED])
    posted = {"s0-as": "assets", "s0-was": "assets", "s0-layer": "place", "s0-column-0": "name"}
    posted |= {"s1-as": "skip", "s1-was": "skip", "s1-layer": "\0", "s1-column-0": "\0"}
    browser.post(url(run, "match"), posted)
    run.refresh_from_db()
    assert run.mapping["sheets"][1] == {**MATCHED, "as": "skip"}
