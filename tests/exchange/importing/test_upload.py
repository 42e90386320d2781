"""A file on its way in: what is too big is let go of while it comes, and refused in words."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler

from assetmap.exchange.importing.upload import LimitHandler, UploadForm
from assetmap.exchange.models import Import

MB = 1024**2


@pytest.fixture(autouse=True)
def small_limits(settings):
    settings.IMPORT_MAX_BYTES = MB
    settings.PHOTO_MAX_BYTES = MB // 2


def upload(size, name="steder.csv"):
    return SimpleUploadedFile(name, b"x" * size, "text/csv")


def test_a_file_above_the_limit_is_refused_in_words_and_what_was_typed_stays(browser):
    told = {"file": upload(MB + 1), "source": "Kommunen", "licence": "CC BY 4.0"}
    page = browser.post("/urbanplanen/import/", told)
    assert page.status_code == 200
    text = page.content.decode()
    assert "The file is larger than 1 MB." in text
    assert 'value="Kommunen"' in text and 'value="CC BY 4.0"' in text
    assert not Import.objects.exists()


def kept_of(chunks):
    """Hand chunks to the handlers as Django does; return what the last one was given to keep."""
    handler, kept = LimitHandler(), BytesIO()
    handler.new_file("file", "steder.csv", "text/csv", None)
    for chunk in chunks:
        passed_on = handler.receive_data_chunk(chunk, 0)
        kept.write(passed_on or b"")
    return handler, kept.getvalue()


def test_nothing_beyond_the_limit_is_kept_while_a_file_comes_in():
    handler, kept = kept_of(b"x" * (MB // 4) for _ in range(200))
    assert len(kept) == MB
    file = handler.file_complete(50 * MB)
    assert (file.size, file.read()) == (50 * MB, b"")


def test_a_file_of_just_the_limit_is_kept_whole():
    handler, kept = kept_of([b"x" * MB])
    assert len(kept) == MB
    assert handler.file_complete(MB) is None  # the next handler has it


def test_several_files_in_one_request_share_the_limit():
    handler, _kept = kept_of([b"x" * (MB - 1)])
    handler.new_file("other", "b.csv", "text/csv", None)
    assert handler.receive_data_chunk(b"xx", 0) is None


def test_the_limit_comes_first_and_the_usual_handlers_after_it(settings):
    usual = (MemoryFileUploadHandler, TemporaryFileUploadHandler)
    names = [f"{handler.__module__}.{handler.__name__}" for handler in (LimitHandler, *usual)]
    assert names == settings.FILE_UPLOAD_HANDLERS


def form_for(name="steder.csv", size=3, **told):
    return UploadForm(told, {"file": upload(size, name)})


@pytest.mark.parametrize(
    ("told", "source"), [({}, "Steder 2026"), ({"source": "Kommunen"}, "Kommunen")]
)
def test_the_source_is_the_files_name_unless_it_is_told(browser, told, source):
    file = SimpleUploadedFile("Steder 2026.csv", b"navn\nHaven\n")
    browser.post("/urbanplanen/import/", {"file": file} | told)
    assert Import.objects.get().source == source


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"source": "x" * 151}, "source", "at most 150 characters"),
        ({"source": "070761-4285"}, "source", "CPR"),
        ({"licence": "x" * 61}, "licence", "at most 60 characters"),
        ({"licence": "070761-4285"}, "licence", "CPR"),
        ({"size": 0}, "file", "empty"),
        ({"name": "070761-4285.csv"}, "file", "CPR"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(told, field, sentence):
    form = form_for(**told)
    assert sentence in form.errors[field][0]


def test_a_form_without_a_file_says_so(browser):
    page = browser.post("/urbanplanen/import/", {"source": "Kommunen"})
    assert "This field is required." in page.content.decode()
