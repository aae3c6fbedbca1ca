#!/usr/bin/env python3
"""Reference figures for density-based clustering: writes density.json beside this script; make_density.R adds its own to it.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-scipy 1.10.1, python3-numpy 1.24.2):

    /usr/bin/python3 make_density.py && Rscript make_density.R

DBSCAN is scikit-learn's. The spanning tree is Prim's over the full matrix of mutual reachability, in numpy; where edges are equally light it
takes the shorter. DBCV is the paper's formulas (Moulavi et al. 2014) in numpy.
Inputs are rounded to three decimals before anything is computed, so that the JSON holds exactly what was used.
"""
import json
import pathlib

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN
from sklearn.datasets import make_moons

r = np.random.default_rng(20240602)


def blobs(n, d, k, apart, spread):
    centres = r.normal(0, apart, (k, d))
    labels = r.integers(0, k, n)
    return centres[labels] + r.normal(size=(n, d)) * r.uniform(*spread, (k, 1))[labels]


def tables():
    moons = np.vstack([make_moons(400, noise=0.06, random_state=1)[0], r.uniform([-1.5, -1], [2.5, 1.5], (40, 2))])
    yield moons, 0.15, 6, 12
    yield np.vstack([blobs(500, 2, 4, 8, (0.3, 1.5)), r.uniform(-20, 20, (40, 2))]), 0.9, 8, 15
    yield blobs(350, 5, 3, 5, (0.5, 1.2)), 1.9, 7, 10
    yield blobs(240, 12, 3, 3, (0.7, 1.0)), 3.1, 5, 8
    yield np.round(blobs(300, 2, 3, 6, (0.5, 1.5))), 1.0, 6, 10


def core_distances(distances, k):
    return np.sort(distances, axis=1)[:, k]


def prim(distances, core):
    n = len(core)
    reach = np.maximum(distances, np.maximum(core[:, None], core[None, :]))
    done = np.zeros(n, bool)
    best, length, at = np.full(n, np.inf), np.full(n, np.inf), np.full(n, -1)
    edges, last = [], 0
    for _ in range(n - 1):
        done[last] = True
        better = ~done & ((reach[last] < best) | ((reach[last] == best) & (distances[last] < length)))
        best[better], length[better], at[better] = reach[last][better], distances[last][better], last
        last = min(np.flatnonzero(~done), key=lambda i: (best[i], length[i]))
        edges.append((at[last], last, best[last]))
    return edges


def dbcv(x, labels):
    n, d = x.shape
    names = sorted(set(labels[labels >= 0]))
    inner, cores, sparseness = {}, {}, {}
    for c in names:
        rows = np.flatnonzero(labels == c)
        distances = cdist(x[rows], x[rows])
        others = distances[~np.eye(len(rows), dtype=bool)].reshape(len(rows), -1)
        core = (np.mean(others ** -float(d), axis=1)) ** (-1 / d)
        edges = prim(distances, core)
        degree = np.bincount(np.array([e[:2] for e in edges]).ravel(), minlength=len(rows))
        within = [e[2] for e in edges if degree[e[0]] > 1 and degree[e[1]] > 1] or [e[2] for e in edges]
        keep = degree > 1 if np.any(degree > 1) else np.ones(len(rows), bool)
        inner[c], cores[c], sparseness[c] = rows[keep], core[keep], max(within)
    validity = []
    for c in names:
        separation = min(np.maximum(cdist(x[inner[c]], x[inner[o]]), np.maximum(cores[c][:, None], cores[o][None, :])).min() for o in names if o != c)
        validity.append((separation - sparseness[c]) / max(separation, sparseness[c]))
    return float(sum(np.sum(labels == c) / n * v for c, v in zip(names, validity))), validity


cases = []
for x, eps, points, size in tables():
    x = np.round(x, 3)
    fitted = DBSCAN(eps=eps, min_samples=points).fit(x)
    core = np.zeros(len(x), bool)
    core[fitted.core_sample_indices_] = True
    distances = cdist(x, x)
    case = dict(rows=x.tolist(), epsilon=eps, minimumPoints=points, core=core.tolist(), labels=fitted.labels_.tolist(),
                minimumClusterSize=size, coreDistances=core_distances(distances, size).tolist(),
                spanningWeight=float(sum(e[2] for e in prim(distances, core_distances(distances, size)))))
    if len(np.unique(x, axis=0)) == len(x):
        case["dbcv"], case["validity"] = dbcv(x, fitted.labels_)
    cases.append(case)

path = pathlib.Path(__file__).with_name("density.json")
path.write_text(json.dumps(dict(cases=cases), separators=(",", ":")) + "\n")
print(path, path.stat().st_size, [(len(set(c["labels"])), c["labels"].count(-1), c.get("dbcv")) for c in cases])
