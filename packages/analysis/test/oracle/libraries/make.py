#!/usr/bin/env python3
"""Writes numbers.json beside this file: what independent libraries say of every measure, on the zoo of ../make.py, on networks with parallel rows and rows to oneself, and on
the labelled networks of RINGMAP_DATA, of which nothing is kept but the digests. Two sums stand for a column (see `digest`), so that all of it stays small.

python3 -m venv V && V/bin/pip install networkx==3.6.1 numpy==2.4.6 scipy==1.17.1 igraph==1.0.0 leidenalg==0.12.0 networkit==11.3 bctpy==0.6.1 && RINGMAP_DATA=... V/bin/python make.py
"""
import csv
import importlib.metadata
import json
import math
import os
import random
import sys

import bct
import igraph
import leidenalg
import networkit as nk
import networkx as nx
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import make as first  # noqa: E402

DATA = os.environ["RINGMAP_DATA"]
SEEDS = 100
ARPACK = igraph.ARPACKOptions()
ARPACK.tol = 1e-14
ARPACK.maxiter = 100000


def digest(values):
    """[how many have no value, sum, sum of each times (1 + square of its place mod 97)] of a column, twelve digits."""
    known = [(v, x) for v, x in enumerate(values) if not math.isnan(x)]
    return [len(values) - len(known)] + [float(f"{s:.12g}") for s in (sum(x for _, x in known), sum(x * (1 + v * v % 97) for v, x in known))]


def rows(file):
    with open(os.path.join(DATA, file), encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def labelled(file, weight, ends=("source", "target")):
    return [(r[ends[0]], r[ends[1]], 1.0 if weight is None else float(r[weight])) for r in rows(file)]


def projected(ties, nodes):
    """Whoever was at an event together is tied; direct ties stay."""
    events = {r["id"] for r in rows(nodes) if r["type"] == "Event"}
    at, out = {}, []
    for a, b, w in ties:
        if a in events or b in events:
            event = a if a in events else b
            at.setdefault(event, {})[b if event == a else a] = True
        else:
            out.append((a, b, w))
    for people in at.values():
        once = list(people)
        out += [(a, b, 1.0) for i, a in enumerate(once) for b in once[i + 1:]]
    return out


def numbered(ties, directed):
    place = {name: v for v, name in enumerate(sorted({e for a, b, _ in ties for e in (a, b)}))}
    return len(place), directed, [(place[a], place[b], w) for a, b, w in ties]


def networks():
    """Name, (nodes, directed, rows), whether the rows may be kept here."""
    for name, graph in first.zoo():
        for _, _, data in graph.edges(data=True):
            data.setdefault("weight", 1)
        yield name, (graph.number_of_nodes(), graph.is_directed(), sorted(graph.edges(data="weight"))), False
    rng = random.Random(77)
    for name, directed in (("multi", False), ("multi-directed", True)):
        yield name, (30, directed, [(rng.randrange(26), rng.randrange(26), rng.randint(1, 9)) for _ in range(140)]), True
    yield "data caviar", numbered(labelled("caviar/edges_by_phase.csv", "calls"), False), False
    yield "data montagna meetings", numbered(labelled("montagna/meetings.csv", "meetings"), False), False
    yield "data montagna phone", numbered(labelled("montagna/phonecalls.csv", "calls"), False), False
    yield "data hijackers911", numbered(labelled("hijackers911/edges.csv", "weight"), False), False
    yield "data bali2002", numbered(labelled("bali2002/edges.csv", "weight"), False), False
    yield "data london_gang", numbered(labelled("london_gang/edges.csv", "tie_level"), False), False
    yield "data mexico_trafficking", numbered(labelled("mexico_trafficking/edges.csv", None), False), False
    yield "data calorcalor", numbered(projected(labelled("calorcalor/edges.csv", "weight"), "calorcalor/nodes.csv"), False), False
    yield "data vast2008", numbered(labelled("vast2008/calls.csv", None, ("from", "to")), True), False


def collapsed(nodes, directed, ties):
    """As igraph puts parallel rows together."""
    g = igraph.Graph(n=nodes, edges=[(a, b) for a, b, _ in ties], directed=directed)
    g.es["weight"] = [float(w) for _, _, w in ties]
    return g.simplify(combine_edges={"weight": "sum"})


def as_networkx(g):
    out = nx.DiGraph() if g.is_directed() else nx.Graph()
    out.add_nodes_from(range(g.vcount()))
    out.add_weighted_edges_from((e.source, e.target, e["weight"]) for e in g.es)
    return out


def as_networkit(g):
    out = nk.Graph(g.vcount(), weighted=True, directed=g.is_directed())
    for e in g.es:
        out.addEdge(e.source, e.target, e["weight"])
    return out


def without_direction(g):
    return g.as_undirected(mode="collapse", combine_edges={"weight": "sum"}) if g.is_directed() else g


def columns(g):
    """Of each measure what each library says: {measure: {library: column}}; '-weighted' where ties count by weight."""
    n = g.vcount()
    ties = without_direction(g)
    said = {"igraph": by_igraph(g, ties, n), "networkx": by_networkx(g, ties, n), "NetworKit": by_networkit(g, ties, n), "bctpy": by_bctpy(ties, n)}
    out = {}
    for library, measures in said.items():
        for name, values in measures.items():
            out.setdefault(name, {})[library] = digest([float(x) for x in values])
    return out


def by_igraph(g, ties, n):
    if n == 0:
        return {}
    pairs = (n - 1) * (n - 2) if n > 2 else 1
    once = 1 if g.is_directed() or n < 3 else 2
    out = {"degree": g.degree(), "weighted-degree": g.strength(weights="weight") if g.ecount() else [0] * n, "k-core": ties.coreness()}
    kinds = [("", None)] + ([("-weighted", "weight")] if g.ecount() else [])
    for suffix, weight in kinds:
        lengths = [1 / w for w in g.es["weight"]] if weight else None
        out["pagerank" + suffix] = g.pagerank(weights=weight, damping=0.85)
        out["betweenness" + suffix] = [once * x / pairs for x in g.betweenness(directed=g.is_directed(), weights=lengths)]
        reached = [sum(not math.isinf(x) for x in row) - 1 for row in g.distances(mode="in")]
        near = g.closeness(mode="in", weights=lengths)
        out["closeness" + suffix] = [0 if r == 0 else c * r / (n - 1) for r, c in zip(reached, near)]
        out["harmonic" + suffix] = [0 if n < 2 else x * (n - 1) for x in g.harmonic_centrality(mode="in", weights=lengths)]
        out["constraint" + suffix] = g.constraint(weights=weight)
        if one_vector(g, weight, False):
            x = np.array(g.eigenvector_centrality(directed=True, weights=weight, arpack_options=ARPACK))
            out["eigenvector" + suffix] = zeroed(x / np.linalg.norm(x))
        if one_vector(g, weight, True):
            hub, authority = np.array(g.hub_score(weights=weight, arpack_options=ARPACK)), np.array(g.authority_score(weights=weight, arpack_options=ARPACK))
            out["hub" + suffix], out["authority" + suffix] = zeroed(hub / hub.sum()), zeroed(authority / authority.sum())
        out["distance" + suffix] = [math.nan if math.isinf(x) else x for x in g.distances(0, weights=lengths, mode="out")[0]]
    contacts = ties.degree()
    two_away = ties.neighborhood(order=2, mindist=2)
    out["collective-influence"] = [max(0, contacts[v] - 1) * sum(contacts[u] - 1 for u in two_away[v]) for v in range(n)]
    out["reach"] = [0 if n < 2 else (size - 1) / (n - 1) for size in g.neighborhood_size(order=2, mode="out")]
    out["cut-points"], out["fragmentation"] = by_taking_out(ties, n)
    out["dominated"] = dominated((g if g.is_directed() else g.as_directed(mode="mutual")).dominator(0, mode="out"), n)
    out["components"] = numbered_by_first(g.connected_components(mode="weak").membership)
    out["strong-components"] = numbered_by_first(g.connected_components(mode="strong").membership)
    return out


def one_vector(g, weight, singular):
    """Whether the first eigenvector (or pair of singular vectors) is one: the next value is not near it."""
    if g.ecount() == 0:
        return False
    a = np.array(g.get_adjacency_sparse(weight).todense(), dtype=float)
    values = np.sort(np.linalg.svd(a)[1] ** 2 if singular else np.linalg.eigvals(a).real)[::-1]
    return values[0] > 1e-6 and (len(values) < 2 or first.distinct(values[0], values[1]))


def zeroed(x):
    """Where the matrix has 0 a power method has what is left of the second vector."""
    return [0 if v < 1e-9 else v for v in np.abs(x)]


def by_taking_out(ties, n):
    parts, apart = [], []
    whole = ties.connected_components()
    reached = lambda clusters: sum(s * (s - 1) for s in clusters.sizes())
    for v in range(n):
        left = ties.copy()
        left.delete_vertices([v])
        clusters = left.connected_components()
        parts.append(len(clusters) - (len(whole) - 1))
        size = whole.size(whole.membership[v])
        before = reached(whole) - 2 * (size - 1)
        apart.append(0 if n < 3 else (before - reached(clusters)) / ((n - 1) * (n - 2)))
    return parts, apart


def dominated(parent, n):
    """How many nodes stand below each in the tree of immediate dominators."""
    count = [0] * n
    for v in range(n):
        u = parent[v]
        while u >= 0:
            count[u] += 1
            u = parent[u]
    return count


def numbered_by_first(membership):
    number = {}
    return [number.setdefault(m, len(number)) for m in membership]


def by_networkx(g, ties, n):
    if n == 0:
        return {}
    graph, plain = as_networkx(g), as_networkx(ties)
    out = {"current-flow": column(first.current_flow(plain, None), n), "current-flow-weighted": column(first.current_flow(plain, "weight"), n)}
    # networkx takes 1/3 + 1/3 for another length than 2/3: whole lengths, `unit` times as long.
    unit = math.lcm(*(int(w) for _, _, w in graph.edges(data="weight")))
    lengths = {(a, b): unit // int(w) for a, b, w in graph.edges(data="weight")}
    nx.set_edge_attributes(graph, lengths, "length")
    for suffix, length, times in (("", None, 1), ("-weighted", "length", unit)):
        out["closeness" + suffix] = [times * x for x in column(nx.closeness_centrality(graph, distance=length), n)]
        out["harmonic" + suffix] = [times * x for x in column(nx.harmonic_centrality(graph, distance=length), n)]
    out["betweenness"], out["betweenness-weighted"] = (column(nx.betweenness_centrality(graph, weight=d), n) for d in (None, "length"))
    linked = [v for v in graph if graph.degree(v) > 0]
    for suffix, weight in (("", None), ("-weighted", "weight")):
        size = {v: math.nan for v in range(n)}
        size.update(nx.effective_size(first.mutual(graph, weight), nodes=linked, weight="weight") if linked else {})
        out["effective-size" + suffix] = column(size, n)
        a = nx.to_numpy_array(graph, nodelist=range(n), weight=weight)
        radius = np.abs(np.linalg.eigvals(a)).max() if a.any() else 0
        if radius > 1e-6:
            out["katz" + suffix] = column(nx.katz_centrality_numpy(graph, alpha=0.85 / radius, beta=1.0, normalized=True, weight=weight), n)
    truss = {v: 0 for v in plain}
    for (a, b), k in zip(sorted(tuple(sorted(e)) for e in plain.edges), first.truss(plain)):
        truss[a], truss[b] = max(truss[a], k), max(truss[b], k)
    out["k-truss"] = column(truss, n)
    out["structural-equivalence"] = [1 if v == 0 else same_contacts(plain, v) for v in range(n)]
    return out


def column(values, n):
    return [values[v] for v in range(n)]


def same_contacts(plain, v):
    """Jaccard's coefficient of 0 and v, the two themselves left out."""
    apart = plain.copy()
    if apart.has_edge(0, v):
        apart.remove_edge(0, v)
    if apart.degree(0) + apart.degree(v) == 0:
        return math.nan
    return next(nx.jaccard_coefficient(apart, [(0, v)]))[2]


def by_networkit(g, ties, n):
    if n == 0:
        return {}
    graph, plain = as_networkit(g), as_networkit(ties)
    pairs = (n - 1) * (n - 2) if n > 2 else 1
    flat = nk.graphtools.toUnweighted(graph)
    return {
        "betweenness": [x / pairs for x in nk.centrality.Betweenness(flat).run().scores()],
        "k-core": nk.centrality.CoreDecomposition(nk.graphtools.toUnweighted(plain)).run().scores(),
    }


def by_bctpy(ties, n):
    """Participation and the standardised ties inside, for the communities v mod 3."""
    if n == 0 or ties.ecount() == 0:
        return {}
    community = np.array([v % 3 + 1 for v in range(n)])
    out = {}
    for suffix, weight in (("", None), ("-weighted", "weight")):
        a = np.array(ties.get_adjacency_sparse(weight).todense(), dtype=float)
        with np.errstate(invalid="ignore", divide="ignore"):
            out["participation" + suffix] = np.nan_to_num(bct.participation_coef(a, community))
            out["within" + suffix] = np.nan_to_num(bct.module_degree_zscore(a, community))
    return out


def qualities(g):
    """Best of many seeds, weighted: modularity by leidenalg, igraph's Louvain and, where it is small, the exact maximum; CPM at 0.5 by leidenalg. Undirected networks with ties only."""
    if g.is_directed() or g.ecount() == 0:
        return {}
    find = lambda kind, **more: max(leidenalg.find_partition(g, kind, weights="weight", n_iterations=-1, seed=s, **more).quality() for s in range(SEEDS))
    out = {
        "leiden": {"leidenalg": find(leidenalg.ModularityVertexPartition)},
        # leidenalg counts ties in both directions.
        "leiden-cpm": {"leidenalg": find(leidenalg.CPMVertexPartition, resolution_parameter=0.5) / 2},
        "louvain": {"igraph": max(louvain(g, s) for s in range(SEEDS))},
    }
    if g.vcount() <= 30:
        out["leiden"]["igraph, exact"] = g.modularity(g.community_optimal_modularity(weights="weight"), weights="weight")
    return {measure: {library: float(f"{q:.12g}") for library, q in found.items()} for measure, found in out.items()}


def louvain(g, seed):
    igraph.set_random_number_generator(random.Random(seed))
    return g.modularity(g.community_multilevel(weights="weight"), weights="weight")


def main():
    versions = {name: importlib.metadata.version(name) for name in ("networkx", "igraph", "leidenalg", "networkit", "bctpy", "numpy", "scipy")}
    out = []
    for name, (nodes, directed, ties), kept in networks():
        print(name, nodes, len(ties), flush=True)
        g = collapsed(nodes, directed, ties)
        rows_kept = {"directed": directed, "nodes": nodes, "rows": ties} if kept else {}
        out.append({"name": name, **rows_kept, "columns": columns(g), "qualities": qualities(g)})
    with open(os.path.join(HERE, "numbers.json"), "w") as file:
        file.write('{"versions":' + json.dumps(versions) + ',"networks":[\n' + ",\n".join(json.dumps(one, separators=(",", ":")) for one in out) + "\n]}\n")


if __name__ == "__main__":
    main()
