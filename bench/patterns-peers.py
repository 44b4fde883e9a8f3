#!/usr/bin/env python3
"""The same jobs as bench/patterns.ts with polars and igraph over the same files: patterns-peers.py FOLDER [JOB...]. Prints one JSON line for each job: wall, cpu, peak_gb, found.

What is not done here that ringmap does: canonical forms, issues, rows under each finding, chance and error rates. pip install polars igraph numpy.
"""
import json
import resource
import sys
import time

import igraph
import numpy as np
import polars as pl

folder, *wanted = sys.argv[1:]
DAY = 86_400


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


calls = None
pairs = None
payments = None


def read():
    """Both files with times as numbers, and calls grouped by pair."""
    global calls, pairs, payments
    calls = pl.read_csv(f"{folder}/calls.csv", schema_overrides={"a_party": pl.String, "b_party": pl.String, "imei": pl.String}).with_columns(
        at=(pl.col("call_date") + " " + pl.col("call_time")).str.to_datetime("%d/%m/%Y %H:%M:%S").dt.epoch("s"))
    payments = pl.read_csv(f"{folder}/bank.csv", schema_overrides={"from": pl.String, "to": pl.String}).with_columns(at=pl.col("at").str.to_datetime(time_zone="UTC").dt.epoch("s"))
    pairs = calls.group_by("a_party", "b_party").agg(n=pl.len(), first=pl.col("at").min(), last=pl.col("at").max())
    return pairs.height


def common_contacts():
    """Pairs with at least three contacts in common, over contacts with at most 150."""
    both = pl.concat([pairs.select(a="a_party", b="b_party"), pairs.select(a="b_party", b="a_party")]).unique()
    both = both.with_columns(x=pl.col("a").rank("dense").cast(pl.UInt32), y=pl.col("b").rank("dense").cast(pl.UInt32)).select("x", "y")
    few = both.group_by("y").len().filter(pl.col("len") <= 150).select("y")
    kept = both.join(few, on="y", how="semi")
    return kept.join(kept, on="y").filter(pl.col("x") < pl.col("x_right")).group_by("x", "x_right").len().filter(pl.col("len") >= 3).height


def fan_in():
    """Accounts that at least eight different payers pay within seven days."""
    return payments.sort("at").with_columns(day=pl.col("at") // DAY).group_by_dynamic("day", every="1i", period="7i", group_by="to").agg(payers=pl.col("from").n_unique()).filter(pl.col("payers") >= 8).select("to").n_unique()


def earliest_arrival():
    """Who could have heard from one number, in the order of time: a pass in plain Python, for nobody has it."""
    order = calls.sort("at")
    names = pl.concat([order["a_party"], order["b_party"]]).unique()
    number = {name: i for i, name in enumerate(names)}
    a, b, at = [number[x] for x in order["a_party"]], [number[x] for x in order["b_party"]], order["at"].to_list()
    arrival = [float("inf")] * len(number)
    arrival[a[0]] = -1.0
    for s, t, when in zip(a, b, at):
        if arrival[s] < when < arrival[t]:
            arrival[t] = when
        elif arrival[t] < when < arrival[s]:
            arrival[s] = when
    return int(np.isfinite(arrival).sum())


def joins():
    """Shortest path between two numbers over the network of pairs."""
    g = igraph.Graph.TupleList(pairs.select("a_party", "b_party").iter_rows(), directed=False)
    return len(g.get_shortest_paths(0, g.vcount() // 2)[0])


JOBS = {"read": read, "common contacts": common_contacts, "fan-in": fan_in, "earliest arrival": earliest_arrival, "joins": joins}
for name, job in JOBS.items():
    if wanted and name != "read" and name not in wanted:
        continue
    wall, used = time.perf_counter(), cpu()
    found = job()
    print(json.dumps({"job": name, "wall": round(time.perf_counter() - wall, 2), "cpu": round(cpu() - used, 2), "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2), "found": found}), flush=True)
