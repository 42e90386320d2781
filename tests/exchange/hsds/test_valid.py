"""Every kind of answer is valid against the published schemas, and holds no unknown field."""

import pytest

from .schemas import page_faults, read, record_faults

pytestmark = pytest.mark.once

KINDS = {
    "organizations": "organization",
    "services": "service",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
EXAMPLES = {
    "organization_full": "organization",
    "service_full": "service",
    "service_at_location_full": "service_at_location",
    "location": "location",
    "taxonomy": "taxonomy",
    "taxonomy_term": "taxonomy_term",
}
LISTS = ["organization", "service", "service_at_location"]


@pytest.mark.parametrize(("example", "kind"), EXAMPLES.items())
def test_the_examples_of_the_standard_are_valid(example, kind):
    """So the schemas are read as they are meant."""
    assert record_faults(kind, read(f"examples/{example}.json")) == []


@pytest.mark.parametrize("kind", LISTS)
def test_the_lists_of_the_standard_are_valid(kind):
    assert page_faults(kind, read(f"examples/{kind}_list.json")) == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("", {"name": None}),
        ("", {"id": "5"}),
        ("", {"unheard_of": 1}),
        ("", {"website": "example.org/høst"}),
        ("phones", {"number": 1}),
        ("locations", {"location_type": "somewhere"}),
    ],
)
def test_a_broken_record_is_not_valid(path, change):
    record = read("examples/organization_full.json")
    (record[path][0] if path else record).update(change)
    assert record_faults("organization", record) != []


@pytest.mark.parametrize("query", [{}, {"full": "true"}, {"full_service": "true"}])
def test_lists_are_valid_and_hold_no_key_twice(rich, get, query):
    for path, kind in KINDS.items():
        answer = get(path, **query)
        keys = {record["id"] for record in answer["contents"]}
        assert page_faults(kind, answer) == [], path
        assert len(keys) == answer["size"] > 0


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_each_record_by_its_key_is_valid_and_says_all_that_the_list_says(rich, get, path, kind):
    for record in get(path, per_page=8)["contents"]:
        whole = get(f"{path}/{record['id']}")
        assert record_faults(kind, whole) == [] and whole["id"] == record["id"]
        assert set(record) <= set(whole)


def test_an_empty_site_gives_empty_lists(db, get):
    for path in list(KINDS)[:4]:
        answer = get(path)
        assert page_faults(KINDS[path], answer) == []
        assert (answer["total_items"], answer["total_pages"], answer["empty"]) == (0, 0, True)
