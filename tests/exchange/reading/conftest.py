import pytest

from assetmap.exchange.reading import open_file
from assetmap.exchange.reading.sheet import Unreadable


@pytest.fixture
def opened(tmp_path):
    """A function that writes what it is given, bytes or text, and opens it."""

    def opened(content, name="file.csv"):
        path = tmp_path / "upload"  # a name of its own, as the site stores it
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return open_file(path, name)

    return opened


@pytest.fixture
def refused(opened):
    """A function that returns the sentence with which what it is given is refused."""

    def refused(content, name="file.csv"):
        with pytest.raises(Unreadable) as raised:
            opened(content, name)
        return str(raised.value)

    return refused
