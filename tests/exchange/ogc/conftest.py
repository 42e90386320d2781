import pytest

FEED = "/api/ogc"


@pytest.fixture
def feed(client):
    """Ask the feed: feed("/collections", f="json") returns the document as a dict."""

    def ask(path, **parameters):
        response = client.get(f"{FEED}{path}", parameters)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def items(feed):
    """Ask for features: items("places", kind="park") returns the collection as a dict."""
    return lambda collection, **asked: feed(f"/collections/{collection}/items", **asked)


@pytest.fixture
def refused(client):
    """Ask for what is refused: refused("/collections", x=1) returns the sentence that says so."""

    def ask(path, status=400, **parameters):
        response = client.get(f"{FEED}{path}", parameters)
        assert response.status_code == status, response.content
        told = response.json()
        assert set(told) == {"code", "description"}
        return told["description"]

    return ask


@pytest.fixture
def all_pages(client):
    """Follow the links to the next page: all_pages("ties", limit=2) returns lists of features."""

    def follow(name, **parameters):
        response = client.get(f"{FEED}/collections/{name}/items", parameters)
        while True:
            page = response.json()
            yield page["features"]
            following = [row["href"] for row in page["links"] if row["rel"] == "next"]
            if not following:
                return
            response = client.get(following[0])

    return follow


def names(page):
    """The names of the features of a page, in its order."""
    return [feature["properties"]["name"] for feature in page["features"]]
