"""Newman's collaboration weights by networkx: python3 newman.py > newman.ts (networkx 3.6.1)."""
import json
import random
import networkx as nx
from networkx.algorithms import bipartite

cases = []
for seed in range(6):
    rng = random.Random(seed)
    persons, events = 8 + 3 * seed, 5 + 2 * seed
    links = sorted({(rng.randrange(persons), rng.randrange(events)) for _ in range(persons * 2)})
    graph = nx.Graph()
    graph.add_nodes_from((("p", p) for p in range(persons)), bipartite=0)
    graph.add_nodes_from((("e", e) for e in range(events)), bipartite=1)
    graph.add_edges_from((("p", p), ("e", e)) for p, e in links)
    people = [("p", p) for p in range(persons)]
    newman = bipartite.collaboration_weighted_projected_graph(graph, people)
    shared = bipartite.weighted_projected_graph(graph, people)
    ties = [[*sorted((a[1], b[1])), data["weight"], shared[a][b]["weight"]] for a, b, data in newman.edges(data=True)]
    cases.append({"persons": persons, "events": events, "links": links, "ties": sorted(ties)})
print("""/** Collaboration weights by networkx 3.6.1; made by: python3 newman.py > newman.ts */

interface Case {
  readonly persons: number
  readonly events: number
  readonly links: readonly (readonly [person: number, event: number])[]
  readonly ties: readonly (readonly [a: number, b: number, newman: number, shared: number])[]
}

export const NEWMAN: readonly Case[] = [""")
for case in cases:
    print("  " + json.dumps(case).replace('"', "") + ",")
print("]")
