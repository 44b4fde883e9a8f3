#!/usr/bin/env python3
"""Writes the oracle numbers beside this file: a zoo of small networks with every measure as networkx computes it, and some as igraph does.

python3 -m venv V && V/bin/pip install networkx==3.6.1 numpy==2.4.6 scipy==1.17.1 igraph==1.0.0 && V/bin/python make.py
"""
import json
import math
import os
import random

import igraph
import networkx as nx
import numpy as np

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
    rng = random.Random(9)
    yield "tree", nx.from_prufer_sequence([rng.randrange(30) for _ in range(28)])
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


def distinct(first, second):
    return second < 0.98 * first


def spectral(graph):
    """By dense matrices; a measure is left out where two eigenvalues are too near each other for the vector to be one."""
    nodes = sorted(graph)
    out = {}
    for name, weight in (("", None), ("_weighted", "weight")):
        a = nx.to_numpy_array(graph, nodelist=nodes, weight=weight) if nodes else np.zeros((0, 0))
        if not a.any():
            continue
        values, vectors = np.linalg.eig(a.T)
        order = np.argsort(-values.real)
        if values[order[0]].real < 1e-6:
            continue
        lam = values[order[0]].real
        out["eigenvalue" + name] = float(lam)
        if len(order) < 2 or distinct(lam, values[order[1]].real):
            x = np.abs(vectors[:, order[0]].real)
            out["eigenvector" + name] = [float(v) for v in x / np.linalg.norm(x)]
        x = np.linalg.solve(np.eye(len(nodes)) - 0.85 / lam * a.T, np.ones(len(nodes)))
        out["katz" + name] = [float(v) for v in x / np.linalg.norm(x)]
        u, s, vt = np.linalg.svd(a)
        if len(s) < 2 or distinct(s[0] ** 2, s[1] ** 2):
            hub, authority = np.abs(u[:, 0]), np.abs(vt[0])
            out["hub" + name] = [float(v) for v in hub / hub.sum()]
            out["authority" + name] = [float(v) for v in authority / authority.sum()]
    return out


def truss(graph):
    """The largest k whose k-truss has the tie."""
    plain = nx.Graph(graph.edges())
    number = {tuple(sorted(e)): 2 for e in plain.edges}
    k = 3
    while True:
        edges = [tuple(sorted(e)) for e in nx.k_truss(plain, k).edges]
        if not edges:
            return [number[e] for e in sorted(number)]
        for e in edges:
            number[e] = k
        k += 1


def as_igraph(graph):
    edges = sorted(graph.edges(data="weight"))
    g = igraph.Graph(n=graph.number_of_nodes(), edges=[(a, b) for a, b, _ in edges], directed=graph.is_directed())
    g.es["weight"] = [w for _, _, w in edges]
    return g


def paths(graph, ties):
    """Between node 0 and the last one, and from node 0."""
    n = graph.number_of_nodes()
    g = as_igraph(graph)
    weights = g.es["weight"] if g.ecount() else None
    lengths = [1 / w for w in weights] if weights else None
    out = {"betweenness": g.betweenness(directed=graph.is_directed(), weights=lengths) if n else [], "strong": sorted(sorted(c) for c in g.connected_components(mode="strong"))}
    if n < 2:
        return out
    t = n - 1
    far = lambda values: [None if math.isinf(x) else x for x in values]
    out["distance"] = far(g.distances(0, weights=None, mode="out")[0])
    out["length"] = far(g.distances(0, weights=lengths, mode="out")[0])
    out["flow"] = g.maxflow_value(0, t)
    out["flow_weighted"] = g.maxflow_value(0, t, capacity=weights) if weights else 0
    out["node_cut"] = None if graph.has_edge(0, t) else len(nx.minimum_node_cut(graph, 0, t)) if nx.has_path(graph, 0, t) else 0
    directed = graph if graph.is_directed() else graph.to_directed()
    dominators = nx.immediate_dominators(directed, 0)
    out["dominators"] = [dominators.get(v) if v != 0 else 0 for v in range(n)]
    with_length = graph.copy()
    for a, b, w in graph.edges(data="weight"):
        with_length[a][b]["length"] = 1 / w
    ways = []
    if nx.has_path(graph, 0, t):
        for way in nx.shortest_simple_paths(with_length, 0, t, weight="length"):
            ways.append(nx.path_weight(with_length, way, "length"))
            if len(ways) == 6:
                break
    out["ways"] = ways
    out["personal"] = column(nx.pagerank(graph, personalization={0: 2, t: 1}, tol=1e-15, max_iter=10000), range(n))
    return out


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
            "truss": truss(ties),
            "spectral": spectral(graph),
            "paths": paths(graph, ties),
            "blocks": sorted(sorted(sorted(e) for e in block) for block in nx.biconnected_component_edges(ties)),
        }
        with open(os.path.join(HERE, name + ".json"), "w") as file:
            json.dump(out, file, separators=(",", ":"))
            file.write("\n")


if __name__ == "__main__":
    main()
