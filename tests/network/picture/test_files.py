"""The picture as files: who may take what, and that programs can read them."""

import io
import warnings
from xml.etree import ElementTree as ET

import igraph
import pytest
from PIL import Image

from assetmap.network.picture.graphs import GEXF
from assetmap.network.picture.shapes import COLOURS, CORNERS
from tests import factories

FORMS = ("svg", "png", "graphml", "gexf")
SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.once


@pytest.fixture
def exporter(client, area):
    """A coordinator who may take data out."""
    user = factories.make_user("coordinator", area)
    user.memberships.update(may_export=True)
    client.force_login(user)
    return client


def marks_in(response):
    """How many assets an SVG drawing shows, by the colour of their layer."""
    group = ET.fromstring(response.content).findall(f"{SVG}g")[1]  # noqa: S314
    fills = [mark.get("fill") for mark in group]
    return {number + 1: fills.count(colour) for number, colour in enumerate(COLOURS[:4])}


def graph_of(response, tmp_path):
    path = tmp_path / "network.graphml"
    path.write_bytes(response.content)
    with warnings.catch_warnings():  # igraph says that it has an id of its own
        warnings.simplefilter("ignore", RuntimeWarning)
        return igraph.Graph.Read_GraphML(str(path))


# Who may take what ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, "resident", "partner", "coordinator"])
def test_without_the_right_a_file_holds_what_everybody_may_see_and_no_neighbours(
    client, area, street, url, role, tmp_path
):
    if role:
        client.force_login(factories.make_user(role, area))
    assert marks_in(client.get(url("svg"))) == {1: 0, 2: 1, 3: 1, 4: 0}
    graph = graph_of(client.get(url("graphml")), tmp_path)
    assert sorted(graph.vs["label"]) == ["Biblioteket", "Koret"]


def test_with_the_right_a_drawing_shows_neighbours_without_any_name(exporter, street, url):
    response = exporter.get(url("svg"))
    assert marks_in(response) == {1: 2, 2: 1, 3: 1, 4: 1}
    text = response.content.decode()
    assert "Koret" in text and "Ida" not in text and "qx" not in text


def test_with_the_right_a_file_for_programs_holds_no_neighbours_either(
    exporter, street, url, tmp_path
):
    graph = graph_of(exporter.get(url("graphml")), tmp_path)
    assert sorted(graph.vs["label"]) == ["Biblioteket", "Koret", "Salen"]
    gexf = exporter.get(url("gexf")).content.decode()
    assert "Ida" not in gexf and "qx" not in gexf and "resident" not in gexf


@pytest.mark.parametrize("form", FORMS)
def test_nobodys_own_circle_is_a_file(exporter, street, url, form):
    assert exporter.get(url(form, ego=street.ida.uid)).status_code == 404
    assert exporter.get(url(form, ego=street.silent.uid)).status_code == 302  # no such circle
    assert exporter.get(url(form, ego=street.club.uid)).status_code == 200


def test_no_way_leads_through_a_neighbour_where_there_are_none(client, area, street, url):
    far = factories.make_place(area, "Langt væk")
    factories.make_link(street.ida, far, "uses")
    drawing = client.get(url("svg", ego=street.club.uid, steps=2)).content.decode()
    assert "Biblioteket" in drawing and "Langt væk" not in drawing


@pytest.mark.parametrize("form", FORMS)
def test_a_filter_that_means_nothing_is_said_on_the_page(client, street, url, form):
    response = client.get(url(form, year="x"))
    assert response.status_code == 302 and response["Location"] == url(year="x")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_kept_by_nobody_and_has_a_name(client, street, url, form):
    response = client.get(url(form))
    assert "no-store" in response["Cache-Control"]
    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="urbanplanen-network-20')
    assert name.endswith(f'.{form}"')


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_area_is_a_file_too(client, area, url, form):
    assert client.get(url(form)).status_code == 200


# What stands in them -------------------------------------------------------------------------


def test_the_drawing_is_valid_xml_without_styles_or_scripts(client, area, street, url):
    factories.make_place(area, 'A & <b> "c" \x0b')
    root = ET.fromstring(client.get(url("svg")).content)  # noqa: S314
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "rect", "g", "line", "circle", "polygon", "text")
    }
    assert not any("style" in element.attrib for element in root.iter())
    assert 'A & <b> "c" ' in [element.text for element in root.iter(f"{SVG}text")]


def test_the_shapes_in_files_are_those_of_the_pages(client, street, url):
    page = client.get(url()).content.decode()
    assert all(f'id="shape-{number}"' in page for number in (1, *CORNERS))


def test_the_image_is_as_large_as_the_drawing_and_not_blank(client, street, url):
    image = Image.open(io.BytesIO(client.get(url("png")).content))
    root = ET.fromstring(client.get(url("svg")).content)  # noqa: S314
    assert image.size == (int(root.get("width")), int(root.get("height")))
    assert len(image.getcolors(100_000)) > 10


def test_graphml_tells_ties_one_by_one_with_what_is_known_of_them(client, street, url, tmp_path):
    factories.make_link(street.library, street.club, "supports", since="2010", until="2031")
    graph = graph_of(client.get(url("graphml")), tmp_path)
    assert graph.is_directed() and graph.ecount() == 2
    tie = graph.es.select(kind="supports")[0]
    assert (tie["since"], tie["until"], tie["strength"], tie["mutual"]) == (
        "2010",
        "2031",
        2,
        False,
    )
    assert graph.vs[tie.source]["label"] == "Biblioteket"
    library = graph.vs.find(label="Biblioteket")
    assert (library["layer"], library["sector"]) == ("institution", "public")
    assert library["id"] == str(street.library.uid) and library["betweenness"] == 0


def test_gexf_says_the_same_with_every_column_declared(client, street, url):
    root = ET.fromstring(client.get(url("gexf")).content)  # noqa: S314
    names = {"g": GEXF}
    assert root.get("version") == "1.3"
    nodes = root.findall(".//g:node", names)
    assert sorted(node.get("label") for node in nodes) == ["Biblioteket", "Koret"]
    (edge,) = root.findall(".//g:edge", names)
    assert {edge.get("source"), edge.get("target")} == {node.get("id") for node in nodes}
    declared = {one.get("id") for one in root.findall(".//g:attribute", names)}
    used = {one.get("for") for one in root.findall(".//g:attvalue", names)}
    assert used <= declared


def test_a_file_holds_what_the_filter_shows(client, area, street, url, tmp_path):
    factories.make_place(area, "Haven")
    graph = graph_of(client.get(url("graphml", layer="place")), tmp_path)
    assert graph.vs["label"] == ["Haven"]
    year = graph_of(client.get(url("graphml", year=2012)), tmp_path)
    assert year.ecount() == 1
