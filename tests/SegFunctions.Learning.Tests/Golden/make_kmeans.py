#!/usr/bin/env python3
"""Reference figures for weighted and mini-batch k-means: writes kmeans.json beside this script.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-numpy 1.24.2):

    /usr/bin/python3 make_kmeans.py

Rows and weights are rounded before anything is computed, so that the JSON holds exactly what was used. Mini-batch k-means draws
its batches: only inertias are kept, one a seed, on a table that the tests make again from whole numbers.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import KMeans, MiniBatchKMeans

r = np.random.default_rng(20261122)


def blobs(n, d, k, spread):
    centres = r.normal(0, spread, (k, d))
    labels = r.integers(0, k, n)
    return np.round(centres[labels] + r.normal(size=(n, d)) * r.uniform(0.5, 1.5, (k, d))[labels], 3)


def weighted():
    cases = []
    for n, d, k, spread, zeros in ((120, 2, 4, 3.0, False), (160, 5, 5, 2.0, True), (90, 17, 3, 1.0, True)):
        x = blobs(n, d, k, spread)
        w = np.round(r.uniform(0, 3, n), 2)
        if zeros:
            w[r.random(n) < 0.25] = 0
        start = x[r.choice(np.flatnonzero(w > 0), k, replace=False)]
        m = KMeans(k, init=start, n_init=1, tol=0, max_iter=300, algorithm="lloyd").fit(x, sample_weight=w)
        cases.append(dict(
            rows=x.tolist(), weights=w.tolist(), start=start.tolist(), labels=m.labels_.tolist(),
            centroids=m.cluster_centers_.tolist(), inertia=m.inertia_))
    return cases


def whole(n, d, k):
    """Groups from a linear congruence (Lehmer 1951, modulus 2^31 - 1, multiplier 48271): the same rows in any language."""
    state, rows = 1, []

    def draw(bound):
        nonlocal state
        state = state * 48271 % 2147483647
        return state % bound

    centres = [[draw(100) for _ in range(d)] for _ in range(k)]
    for _ in range(n):
        centre = centres[draw(k)]
        rows.append([c + draw(9) + draw(9) + draw(9) for c in centre])
    return np.array(rows, float)


def minibatch():
    n, d, k = 12000, 6, 10
    x = whole(n, d, k)
    fits = [MiniBatchKMeans(k, n_init=1, batch_size=256, random_state=seed).fit(x) for seed in range(10)]
    return dict(
        n=n, d=d, k=k, batch=256, inertias=[m.inertia_ for m in fits],
        full=min(KMeans(k, n_init=1, random_state=seed).fit(x).inertia_ for seed in range(10)))


pathlib.Path(__file__).with_name("kmeans.json").write_text(json.dumps(
    dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__), weighted=weighted(), minibatch=minibatch()),
    separators=(",", ":")) + "\n")
