#!/usr/bin/env python3
"""Reference figures for the evaluation of clusterings: writes evaluation.json beside this script.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-numpy 1.24.2, python3-scipy 1.10.1):

    /usr/bin/python3 make_evaluation.py

Rows labelled below 0 are noise: left out of the geometric indices, and every one a cluster of its own in the comparisons of
partitions marked so.
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn import metrics

r = np.random.default_rng(20240602)


def singletons(labels):
    labels = np.array(labels)
    noise = labels < 0
    labels[noise] = labels.max() + 1 + np.arange(noise.sum())
    return labels


def compare(a, b, noise=False):
    x, y = (singletons(a), singletons(b)) if noise else (a, b)
    h, c, v = metrics.homogeneity_completeness_v_measure(x, y)
    return dict(
        first=np.array(a).tolist(), second=np.array(b).tolist(), noiseApart=noise, ari=metrics.adjusted_rand_score(x, y),
        ami=metrics.adjusted_mutual_info_score(x, y), homogeneity=h, completeness=c, v=v)


def partitions():
    a = r.integers(0, 6, 150)
    b = np.where(r.random(150) < 0.7, a, r.integers(0, 9, 150))
    uneven = np.repeat([0, 1, 2, 3], [100, 30, 15, 5])
    noisy = np.where(r.random(150) < 0.15, -1, b)
    return [
        compare(a, b), compare(a, r.integers(0, 6, 150)), compare(uneven, r.permutation(uneven)), compare(uneven, a % 2),
        compare(a, noisy, noise=True), compare(noisy, uneven, noise=True), compare(np.zeros(150, int), a), compare(a, np.zeros(150, int))]


def geometry():
    cases = []
    for n, d, k, noise in ((120, 2, 3, 0.0), (200, 6, 5, 0.1), (90, 11, 4, 0.2)):
        x = np.round(r.normal(size=(n, d)) + 50, 4)
        labels = r.integers(0, k, n)
        x += np.round(2.0 * labels[:, None], 4) * (np.arange(d) % 2)
        x = np.round(x, 4)
        # A cluster of a single row.
        labels[0] = k
        labels[1:][r.random(n - 1) < noise] = -1
        inside = labels >= 0
        cases.append(dict(
            rows=x.tolist(), labels=labels.tolist(), silhouette=metrics.silhouette_score(x[inside], labels[inside]),
            daviesBouldin=metrics.davies_bouldin_score(x[inside], labels[inside]),
            calinskiHarabasz=metrics.calinski_harabasz_score(x[inside], labels[inside])))
    return cases


golden = dict(
    versions=dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__),
    partitions=partitions(), geometry=geometry(),
    normal=[[z, norm.cdf(z)] for z in (-7.5, -4.0, -1.96, -0.3, 0.0, 0.7, 1.0, 3.2, 6.0)])
pathlib.Path(__file__).with_name("evaluation.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
