"""Modularity of given partitions by networkx, and what its own Louvain reaches: python3 modularity.py > modularity.ts (networkx 3.6.1)."""
import json
import random
import networkx as nx

print("""/** Modularity by networkx 3.6.1; made by: python3 modularity.py > modularity.ts */

interface Case {
  readonly nodes: number
  readonly edges: readonly (readonly [source: number, target: number, weight: number])[]
  readonly partition: readonly number[]
  readonly modularity: number
  readonly unweighted: number
  readonly half: number
  readonly louvain: number
}

export const MODULARITY: readonly Case[] = [""")
for seed in range(5):
    rng = random.Random(seed)
    graph = nx.planted_partition_graph(3 + seed, 6, 0.7, 0.08, seed=seed)
    for a, b in graph.edges:
        graph[a][b]["weight"] = rng.randrange(1, 9) / 2
    n = graph.number_of_nodes()
    partition = [rng.randrange(4) for _ in range(n)]
    groups = [g for g in ({v for v in range(n) if partition[v] == c} for c in range(4)) if g]
    best = max(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=s)) for s in range(20))
    print("  " + json.dumps({
        "nodes": n, "edges": [[a, b, graph[a][b]["weight"]] for a, b in graph.edges], "partition": partition,
        "modularity": nx.community.modularity(graph, groups), "unweighted": nx.community.modularity(graph, groups, weight=None),
        "half": nx.community.modularity(graph, groups, resolution=0.5), "louvain": best,
    }).replace('"', "") + ",")
print("]")
