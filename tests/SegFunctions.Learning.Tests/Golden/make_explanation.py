#!/usr/bin/env python3
"""Reference figures for the tests of explanation and matching: writes explanation.json beside this script.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-numpy 1.24.2, python3-scipy 1.10.1):

    /usr/bin/python3 make_explanation.py

Inputs are rounded before anything is computed, so that the JSON holds exactly what was used.
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.optimize import linear_sum_assignment
from scipy.stats import binomtest, t, ttest_ind
from sklearn.decomposition import PCA
from sklearn.tree import DecisionTreeClassifier

r = np.random.default_rng(20240602)


def assignments():
    cases = []
    for rows, columns in ((1, 1), (4, 4), (7, 3), (3, 9), (20, 20), (35, 50)):
        costs = np.round(r.normal(0, 10, (rows, columns)), 3)
        own, theirs = linear_sum_assignment(costs)
        cases.append(dict(rows=rows, columns=columns, costs=costs.ravel().tolist(), total=costs[own, theirs].sum(), columnOf=[dict(zip(own.tolist(), theirs.tolist())).get(i, -1) for i in range(rows)]))
    return cases


def student():
    return [dict(tails=p, freedom=f, t=t.isf(p / 2, f)) for f in (1, 1.5, 2, 3, 4.7, 9, 30, 250.5, 1e5) for p in (0.2, 0.05, 1e-3, 1e-5)]


def wilson():
    cases = []
    for count, size in ((0, 7), (3, 7), (7, 7), (120, 1000)):
        i = binomtest(count, size).proportion_ci(0.95, "wilson")
        cases.append(dict(count=count, size=size, low=i.low, high=i.high))
    return cases


def welch():
    # Values without skewness, so that they are compared as they are.
    x = np.round(r.normal(50, 10, 90), 2)
    labels = np.repeat([0, 1, 2], (50, 30, 10))
    x = x + labels * 4
    x = np.round(x, 2)
    cases = []
    for c in range(3):
        own, others = x[labels == c], x[labels != c]
        test = ttest_ind(own, others, equal_var=False)
        error = (own.mean() - others.mean()) / test.statistic
        v = np.array([own.var(ddof=1) / len(own), others.var(ddof=1) / len(others)])
        freedom = v.sum() ** 2 / (v[0] ** 2 / (len(own) - 1) + v[1] ** 2 / (len(others) - 1))
        difference = own.mean() - others.mean()
        half = error * t.isf(0.025, freedom)
        cases.append(dict(difference=difference / x.std(), low=(difference - half) / x.std(), high=(difference + half) / x.std()))
    return dict(values=x.tolist(), labels=labels.tolist(), clusters=cases)


def trees():
    cases = []
    for n, d, k in ((150, 3, 3), (200, 5, 4)):
        centres = r.normal(0, 2, (k, d))
        labels = r.integers(0, k, n)
        x = np.round(centres[labels] + r.normal(size=(n, d)), 2)
        for weight in (None, "balanced"):
            for c in range(k):
                tree = DecisionTreeClassifier(max_depth=1, class_weight=weight, random_state=0).fit(x, labels == c).tree_
                cases.append(dict(
                    rows=x.tolist(), labels=labels.tolist(), cluster=c, balanced=weight is not None,
                    column=int(tree.feature[0]), threshold=tree.threshold[0]))
    return cases


def plane():
    x = np.round(r.normal(size=(60, 4)) @ np.diag([3, 2, 0.5, 0.1]) @ r.normal(size=(4, 4)), 3)
    p = PCA(2, svd_solver="full").fit(x)
    return dict(rows=x.tolist(), shares=p.explained_variance_ratio_.tolist(), points=np.abs(p.transform(x)).tolist())


golden = dict(
    versions=dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__),
    assignments=assignments(), student=student(), wilson=wilson(), welch=welch(), trees=trees(), plane=plane())
pathlib.Path(__file__).with_name("explanation.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
