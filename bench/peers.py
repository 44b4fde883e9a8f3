#!/usr/bin/env python3
"""One piece of work by one peer, timed: peers.py PEER WORK FILE NODES TIES [THREADS] [RUNS]. Prints one JSON line: cpu, wall (best of runs), peak_mb, quality.

FILE is what bench/planted-network.ts writes: source u32, target u32, weight f64. pip install igraph leidenalg networkit networkx numpy scipy.
"""
import json
import resource
import sys
import time

import numpy as np

peer, work, file, nodes, ties = sys.argv[1:6]
threads = int(sys.argv[6]) if len(sys.argv) > 6 else 1
runs = int(sys.argv[7]) if len(sys.argv) > 7 else 2
n, m = int(nodes), int(ties)
with open(file, "rb") as handle:
    data = handle.read()
u = np.frombuffer(data, np.uint32, m)
v = np.frombuffer(data, np.uint32, m, 4 * m)
w = np.frombuffer(data, np.float64, m, 8 * m)


def with_igraph():
    import igraph

    g = igraph.Graph(n=n, edges=np.column_stack([u, v]).astype(np.int64))
    g.es["weight"] = w
    return {
        "leiden": lambda: g.community_leiden(objective_function="modularity", weights="weight", n_iterations=3).membership,
        "louvain": lambda: g.community_multilevel(weights="weight").membership,
        "betweenness": lambda: g.betweenness(directed=False),
        "harmonic": lambda: g.harmonic_centrality(normalized=False),
        "pagerank": lambda: g.pagerank(directed=False),
        "k-core": lambda: g.coreness(),
        "components": lambda: g.connected_components().membership,
    }[work]


def with_leidenalg():
    import igraph
    import leidenalg

    g = igraph.Graph(n=n, edges=np.column_stack([u, v]).astype(np.int64))
    g.es["weight"] = w
    return lambda: leidenalg.find_partition(g, leidenalg.ModularityVertexPartition, weights="weight", n_iterations=2, seed=1).membership


def with_networkit():
    import networkit as nk
    from scipy.sparse import coo_matrix  # noqa: F401

    nk.setNumberOfThreads(threads)
    nk.setSeed(1, False)
    g = nk.GraphFromCoo((w, (u.astype(np.uint64), v.astype(np.uint64))), n=n, weighted=work in ("leiden", "louvain"), directed=False)
    c = nk.centrality
    make = {
        "leiden": lambda: nk.community.ParallelLeiden(g, randomize=True, iterations=3, gamma=1),
        "louvain": lambda: nk.community.PLM(g, refine=False, gamma=1.0),
        "betweenness": lambda: c.Betweenness(g),
        "betweenness-sampled": lambda: c.KadabraBetweenness(g, 0.001, 0.1),
        "harmonic": lambda: c.HarmonicCloseness(g, normalized=False),
        "pagerank": lambda: c.PageRank(g, 0.85, 1e-8),
        "k-core": lambda: c.CoreDecomposition(g),
        "components": lambda: nk.components.ConnectedComponents(g),
    }[work]

    def run():
        found = make()
        found.run()
        return np.array(found.getPartition().getVector()) if work in ("leiden", "louvain") else None

    return run


def with_networkx():
    import networkx as nx

    g = nx.Graph()
    g.add_nodes_from(range(n))
    g.add_edges_from(zip(u.tolist(), v.tolist()))
    g = g.subgraph(max(nx.connected_components(g), key=len)).copy()
    return {"current-flow": lambda: nx.current_flow_betweenness_centrality(g, solver="full")}[work]


def modularity(community):
    community = np.asarray(community)
    count = int(community.max()) + 1
    inside = w[community[u] == community[v]].sum()
    degree = np.bincount(community[u], w, count) + np.bincount(community[v], w, count)
    return float(inside / w.sum() - ((degree / (2 * w.sum())) ** 2).sum())


run = {"igraph": with_igraph, "leidenalg": with_leidenalg, "networkit": with_networkit, "networkx": with_networkx}[peer]()
best = {"cpu": float("inf"), "wall": float("inf")}
for _ in range(runs):
    cpu, wall = time.process_time(), time.perf_counter()
    found = run()
    best = {"cpu": min(best["cpu"], time.process_time() - cpu), "wall": min(best["wall"], time.perf_counter() - wall)}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
quality = modularity(found) if work in ("leiden", "louvain") else None
print(json.dumps({**best, "peak_mb": round(peak), "quality": quality}))
