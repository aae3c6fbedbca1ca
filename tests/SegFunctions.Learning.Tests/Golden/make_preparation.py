#!/usr/bin/env python3
"""Reference figures for the preparation: writes preparation.json beside this script.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-numpy 1.24.2, python3-scipy 1.10.1):

    /usr/bin/python3 make_preparation.py

Inputs are rounded to four decimals before anything is computed, so that the JSON holds exactly what was used.
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from sklearn.decomposition import PCA
from sklearn.preprocessing import PowerTransformer, RobustScaler, StandardScaler

r = np.random.default_rng(20240701)


def powers():
    cases = []
    for values in (
        np.exp(r.normal(1, 0.8, 120)),
        -np.exp(r.normal(0, 1, 90)),
        r.normal(3, 2, 100),
        np.concatenate([np.exp(r.normal(0, 1, 80)), -np.exp(r.normal(-1, 0.5, 40))]),
        r.gamma(0.5, 200, 150),
    ):
        values = np.round(values, 4)
        transformer = PowerTransformer(method="yeo-johnson", standardize=False).fit(values[:, None])
        cases.append(dict(
            values=values.tolist(), power=transformer.lambdas_[0], transformed=transformer.transform(values[:, None])[:, 0].tolist()))
    return cases


def scales():
    x = np.round(r.normal(size=(75, 4)) * [1, 20, 0.3, 5] + [0, 100, -2, 7], 4)
    x[3, 1] = 9999
    y = np.round(r.normal(size=(5, 4)) * 10, 4)
    robust = RobustScaler(unit_variance=True).fit(x)
    standard = StandardScaler().fit(x)
    return dict(
        rows=x.tolist(), later=y.tolist(), robust=robust.transform(x).tolist(), robustLater=robust.transform(y).tolist(),
        standard=standard.transform(x).tolist())


def components():
    cases = []
    for n, d in ((60, 3), (80, 12), (40, 30)):
        x = np.round(r.normal(size=(n, d)) @ r.normal(size=(d, d)), 4)
        z = StandardScaler().fit_transform(x)
        fitted = PCA(n_components=0.8, svd_solver="full").fit(z)
        cases.append(dict(
            rows=x.tolist(), shares=fitted.explained_variance_ratio_.tolist(), weights=fitted.components_.tolist(),
            projected=fitted.transform(z).tolist()))
    return cases


golden = dict(
    versions=dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__),
    powers=powers(), scales=scales(), components=components())
pathlib.Path(__file__).with_name("preparation.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
