#!/usr/bin/env python3
"""Writes the oracle numbers beside this file: a zoo of small networks with every measure as networkx computes it.

python3 -m venv V && V/bin/pip install networkx==3.6.1 numpy scipy && V/bin/python make.py
"""
import json
import math
import os
import random

import networkx as nx

HERE = os.path.dirname(os.path.abspath(__file__))


def weighted(graph, seed):
    rng = random.Random(seed)
    for a, b in graph.edges:
        graph[a][b]["weight"] = rng.randint(1, 9)
    return graph


def zoo():
    yield "empty", nx.empty_graph(0)
    yield "one", nx.empty_graph(1)
    yield "two-alone", nx.empty_graph(2)
    yield "pair", nx.path_graph(2)
    yield "star", nx.star_graph(6)
    yield "path", nx.path_graph(7)
    yield "cycle", nx.cycle_graph(8)
    yield "complete", nx.complete_graph(6)
    yield "bipartite", nx.complete_bipartite_graph(3, 5)
    yield "barbell", nx.barbell_graph(5, 2)
    yield "two-components", nx.disjoint_union(nx.karate_club_graph(), nx.lollipop_graph(4, 3))
    lonely = nx.gnm_random_graph(40, 38, seed=3)
    yield "isolated", lonely
    karate = nx.karate_club_graph()
    yield "karate", karate
    yield "florentine", nx.convert_node_labels_to_integers(nx.florentine_families_graph())
    yield "random", nx.gnm_random_graph(60, 150, seed=11)
    yield "attachment", nx.barabasi_albert_graph(70, 2, seed=5)
    yield "tree", nx.from_prufer_sequence([random.Random(9).randrange(30) for _ in range(28)])
    yield "caveman", nx.connected_caveman_graph(6, 5)
    yield "weighted", weighted(nx.gnm_random_graph(50, 110, seed=21), 4)
    yield "weighted-tree-like", weighted(nx.barabasi_albert_graph(45, 1, seed=8), 6)
    ring = nx.watts_strogatz_graph(40, 4, 0.1, seed=2)
    yield "small-world", weighted(ring, 12)
    yield "directed", weighted(nx.gnm_random_graph(40, 120, seed=7, directed=True), 5)
    yield "directed-path", nx.path_graph(6, create_using=nx.DiGraph)
    yield "directed-cycles", nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (5, 6), (6, 5), (4, 7), (7, 8), (1, 0)])
    big = nx.disjoint_union(nx.gnm_random_graph(120, 400, seed=31), nx.star_graph(4))
    yield "larger", weighted(big, 13)


def column(values, nodes):
    return [None if isinstance(values[v], float) and math.isnan(values[v]) else values[v] for v in nodes]


def current_flow(graph, weight):
    """networkx inside each component, unnormalised (once per pair), over the pairs of the whole network."""
    n = graph.number_of_nodes()
    values = {v: 0.0 for v in graph}
    for part in nx.connected_components(graph):
        if len(part) < 3:
            continue
        inside = nx.current_flow_betweenness_centrality(graph.subgraph(sorted(part)).copy(), normalized=False, weight=weight)
        values.update({v: x / ((n - 1) * (n - 2) / 2) for v, x in inside.items()})
    return values


def simple(graph):
    """Ties without direction; weights of both directions added."""
    if not graph.is_directed():
        return graph
    out = nx.Graph()
    out.add_nodes_from(sorted(graph))
    for a, b, w in graph.edges(data="weight", default=1):
        if out.has_edge(a, b):
            out[a][b]["weight"] += w
        else:
            out.add_edge(a, b, weight=w)
    return out


def mutual(graph, weight):
    """The undirected network whose weights are the mutual weights of a directed one."""
    if not graph.is_directed():
        return graph if weight else nx.Graph(graph.edges())
    plain = graph.copy()
    if weight is None:
        nx.set_edge_attributes(plain, 1, "weight")
    return simple(plain)


def parts_without(graph):
    count = {}
    for part in nx.connected_components(graph):
        for v in part:
            count[v] = nx.number_connected_components(graph.subgraph(part - {v})) if len(part) > 1 else 0
    return count


def measures(graph):
    nodes = sorted(graph)
    ties = simple(graph)
    n = len(nodes)
    some = n > 0
    plain = {
        "degree": dict(graph.degree()),
        "weighted_degree": dict(graph.degree(weight="weight")),
        "core": nx.core_number(ties),
        "pagerank": nx.pagerank(graph, tol=1e-15, max_iter=10000, weight=None) if some else {},
        "pagerank_weighted": nx.pagerank(graph, tol=1e-15, max_iter=10000) if some else {},
        "closeness": nx.closeness_centrality(graph),
        "harmonic": nx.harmonic_centrality(graph),
        "betweenness": nx.betweenness_centrality(graph),
        "betweenness_raw": nx.betweenness_centrality(graph, normalized=False),
        "current_flow": current_flow(ties, None),
        "current_flow_weighted": current_flow(ties, "weight"),
        "parts_without": parts_without(ties),
    }
    for name, weight in (("", None), ("_weighted", "weight")):
        linked = [v for v in nodes if graph.degree(v) > 0]
        constraint = {v: math.nan for v in nodes}
        size = {v: math.nan for v in nodes}
        if linked:
            constraint.update(nx.constraint(graph.subgraph(linked), weight=weight))
            # Node by node: networkx's sparse way divides by the wrong node's largest weight under scipy 1.17.
            both = mutual(graph, weight)
            size.update(nx.effective_size(both, nodes=linked, weight="weight"))
        plain["constraint" + name] = {v: float(x) for v, x in constraint.items()}
        plain["effective_size" + name] = {v: float(x) for v, x in size.items()}
    return {key: column(values, nodes) for key, values in plain.items()}


def main():
    for name, graph in zoo():
        for _, _, data in graph.edges(data=True):
            data.setdefault("weight", 1)
        ties = simple(graph)
        edges = sorted(graph.edges(data="weight"))
        out = {
            "nodes": graph.number_of_nodes(),
            "directed": graph.is_directed(),
            "source": [a for a, _, _ in edges],
            "target": [b for _, b, _ in edges],
            "weight": [w for _, _, w in edges],
            "measures": measures(graph),
            "components": sorted(sorted(c) for c in nx.connected_components(ties)),
            "cut_points": sorted(nx.articulation_points(ties)),
            "bridges": sorted(sorted(e) for e in nx.bridges(ties)),
            "blocks": sorted(sorted(sorted(e) for e in block) for block in nx.biconnected_component_edges(ties)),
        }
        with open(os.path.join(HERE, name + ".json"), "w") as file:
            json.dump(out, file, separators=(",", ":"))
            file.write("\n")


main()
