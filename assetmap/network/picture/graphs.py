"""The network for programs that study networks: GraphML (graphml.graphdrawing.org) and GEXF 1.3
(gexf.net), which Gephi reads."""

import tempfile
from xml.etree import ElementTree as ET

import igraph

from assetmap.inventory.kinds import LINK_KINDS

from ..names import names_of
from ..worked import collective_of, position_of
from .svg import clean

GEXF = "http://gexf.net/1.3"
OF_ASSETS = {"layer": "string", "sector": "string", "betweenness": "double", "cluster": "integer"}
OF_TIES = {
    **{"kind": "string", "says": "string", "strength": "integer"},
    **{"since": "string", "until": "string", "mutual": "boolean"},
}


def as_graphml(sight):
    """Return the hits of a Sight and the ties among them as the bytes of a GraphML file.

    Vertices: id (the asset's uid), label, layer, sector, betweenness (0 to 1), cluster. Edges, one
    a tie, from source to target: kind, says (the kind in words), strength (1 to 3), since and
    until (ISO dates of whatever precision, "" for unknown), mutual (it means the same both ways).
    """
    rows, ties = rows_of(sight)
    number = {row["id"]: n for n, row in enumerate(rows)}
    edges = [(number[tie["source"]], number[tie["target"]]) for tie in ties]
    graph = igraph.Graph(n=len(rows), edges=edges, directed=True)
    for name in ("id", "label", *OF_ASSETS):
        graph.vs[name] = [row[name] for row in rows]
    for name in OF_TIES:
        graph.es[name] = [tie[name] for tie in ties]
    with tempfile.TemporaryFile() as file:  # igraph writes to real files alone
        graph.write_graphml(file)
        file.seek(0)
        return file.read()


def as_gexf(sight):
    """Return the same as the bytes of a GEXF file."""
    rows, ties = rows_of(sight)
    root = ET.Element("gexf", {"xmlns": GEXF, "version": "1.3"})
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    _declare(graph, "node", OF_ASSETS)
    _declare(graph, "edge", OF_TIES)
    nodes = ET.SubElement(graph, "nodes")
    for row in rows:
        _element(nodes, "node", {"id": row["id"], "label": row["label"]}, row, OF_ASSETS)
    edges = ET.SubElement(graph, "edges")
    for number, tie in enumerate(ties):
        _element(edges, "edge", _ends(number, tie), tie, OF_TIES)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _ends(number, tie):
    kind = "undirected" if tie["mutual"] else "directed"
    ends = {"id": str(number), "source": tie["source"], "target": tie["target"], "type": kind}
    return ends | {"weight": str(tie["strength"]), "label": tie["says"]}


def _declare(graph, which, attributes):
    parent = ET.SubElement(graph, "attributes", {"class": which})
    for name, kind in attributes.items():
        ET.SubElement(parent, "attribute", {"id": name, "title": name, "type": kind})


def _element(parent, tag, own, row, attributes):
    values = ET.SubElement(ET.SubElement(parent, tag, own), "attvalues")
    for name, kind in attributes.items():
        value = str(row[name]).lower() if kind == "boolean" else str(row[name])
        ET.SubElement(values, "attvalue", {"for": name, "value": value})


def rows_of(sight):
    """Return (assets, ties) of a Sight as dictionaries; residents are in neither."""
    network = sight.network
    chosen = sorted(sight.hits - sight.residents)
    keys = [network.keys[v] for v in chosen]
    names = names_of(keys, sight.area, sight.user)
    rows = {
        v: _asset(sight, v, names[key])
        for v, key in zip(chosen, keys, strict=True)
        if key in names
    }
    ends = enumerate(network.ends)
    ties = [_tie(network, n, rows[s], rows[t]) for n, (s, t) in ends if s in rows and t in rows]
    return list(rows.values()), ties


def _asset(sight, vertex, named):
    return {
        "id": named.uid,
        "label": clean(named.name),
        "layer": sight.network.layers[vertex],
        "sector": sight.network.sectors[vertex],
        "betweenness": position_of(sight.seen).betweenness[vertex],
        "cluster": collective_of(sight.seen).cluster[vertex],
    }


def _tie(network, number, source, target):
    kind = LINK_KINDS[network.kinds[number]]
    return {
        "source": source["id"],
        "target": target["id"],
        "kind": kind.code,
        "says": str(kind.out),
        "strength": network.strengths[number],
        "since": network.since[number],
        "until": network.until[number],
        "mutual": kind.symmetric,
    }
