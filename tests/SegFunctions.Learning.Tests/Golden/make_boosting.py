#!/usr/bin/env python3
"""Golden figures of boosted trees: XGBoost 1.7.4 and scikit-learn 1.2.1 (numpy 1.24.2).

    /usr/bin/python3 make_boosting.py

writes boosting.json beside this script.

Columns hold few distinct values, so that every tool's bins are those values and trees must agree split for split. Trees are
written in preorder (node, its left subtree, its right subtree): column of a split or -1, leaf value or 0, Hessian cover.
"""
import json
import pathlib

import numpy as np
import sklearn
import xgboost as xgb
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

rng = np.random.default_rng(7)
N = 240
X = np.column_stack([rng.integers(0, 9, N), rng.integers(0, 6, N), rng.integers(0, 12, N) / 4, rng.integers(0, 3, N)]).astype(float)
X[rng.random(N) < 0.15, 2] = np.nan
X[(rng.random(N) < 0.2) & (X[:, 0] > 3), 1] = np.nan
z = 0.5 * (X[:, 0] - 4) + np.where(np.isnan(X[:, 1]), 1.0, (X[:, 1] > 2) * (X[:, 3] - 1.0)) - 0.4 * np.nan_to_num(X[:, 2], nan=2.0)
W = rng.integers(1, 5, N) / 2.0
Y = {
    "logistic": (rng.random(N) < 1 / (1 + np.exp(-z))).astype(float),
    "squared": np.round(z + rng.normal(0, 0.5, N), 2),
    "poisson": rng.poisson(np.exp(0.4 * z + 0.5)).astype(float),
    "tweedie": np.round(np.where(rng.random(N) < 0.4, 0.0, rng.gamma(2, np.exp(0.3 * z))), 2),
    "softmax": np.clip(np.floor(z + rng.normal(0, 1, N)), -1, 1) + 1,
}
OBJECTIVE = {"logistic": "binary:logistic", "squared": "reg:squarederror", "poisson": "count:poisson", "tweedie": "reg:tweedie", "softmax": "multi:softprob"}


def prior(loss, w):
    y = Y[loss]
    mean = np.average(y, weights=w)
    if loss == "logistic":
        return [np.log(mean / (1 - mean))]
    if loss == "squared":
        return [mean]
    if loss == "softmax":
        return [float(np.log(np.average(y == k, weights=w))) for k in range(3)]
    return [np.log(mean)]


def preorder(node, out):
    if "leaf" in node:
        out["feature"].append(-1)
        out["value"].append(node["leaf"])
        out["cover"].append(node["cover"])
        return out
    out["feature"].append(int(node["split"][1:]))
    out["value"].append(0)
    out["cover"].append(node["cover"])
    children = {child["nodeid"]: child for child in node["children"]}
    preorder(children[node["yes"]], out)
    return preorder(children[node["no"]], out)


def boosted(name, loss, weighted=False, method="exact", rounds=3, **params):
    w = W if weighted else np.ones(N)
    base = prior(loss, w)
    margin = np.tile(base, (N, 1)).astype(np.float32)
    data = xgb.DMatrix(X, Y[loss], weight=w, base_margin=margin if len(base) > 1 else margin[:, 0])
    own = dict(objective=OBJECTIVE[loss], tree_method=method, eta=0.3, max_depth=3, **{"lambda": 1.0, "min_child_weight": 1.0}, nthread=1)
    own.update(params)
    if loss == "softmax":
        own["num_class"] = 3
    if loss == "poisson":
        own.setdefault("max_delta_step", 0.0)
    model = xgb.train(own, data, rounds)
    trees = [preorder(json.loads(t), dict(feature=[], value=[], cover=[])) for t in model.get_dump(dump_format="json", with_stats=True)]
    margins = model.predict(data, output_margin=True).reshape(N, -1)
    return dict(name=name, loss=loss, weighted=weighted, rounds=rounds, params=own, base=[float(b) for b in base], trees=trees,
                margins=[[float(f"{v:.9g}") for v in row] for row in margins])


def hgb(name, loss, weighted=False, **params):
    w = W if weighted else None
    own = dict(learning_rate=0.2, max_iter=4, max_leaf_nodes=None, max_depth=3, min_samples_leaf=5, l2_regularization=1.0, early_stopping=False)
    own.update(params)
    cls = HistGradientBoostingClassifier if loss in ("logistic", "softmax") else HistGradientBoostingRegressor
    kw = {"loss": "poisson"} if loss == "poisson" else {}
    model = cls(**own, **kw).fit(X, Y[loss], sample_weight=w)
    predictions = model.predict_proba(X)[:, 1] if loss == "logistic" else model.predict(X)
    return dict(name=name, loss=loss, weighted=weighted, params=own, predictions=[float(p) for p in predictions])


pathlib.Path(__file__).with_name("boosting.json").write_text(json.dumps(dict(
    versions=dict(xgboost=xgb.__version__, sklearn=sklearn.__version__, numpy=np.__version__),
    rows=[[None if np.isnan(v) else v for v in row] for row in X.tolist()],
    weights=W.tolist(),
    targets={k: v.tolist() for k, v in Y.items()},
    xgboost=[
        boosted("logistic", "logistic"),
        boosted("logistic, histograms", "logistic", method="hist"),
        boosted("logistic, weighted", "logistic", weighted=True),
        boosted("squared", "squared"),
        boosted("squared, weighted, deep", "squared", weighted=True, max_depth=6, rounds=2),
        boosted("poisson", "poisson"),
        boosted("poisson, bounded steps", "poisson", max_delta_step=0.7),
        boosted("tweedie", "tweedie", tweedie_variance_power=1.5),
        boosted("tweedie 1.2", "tweedie", weighted=True, tweedie_variance_power=1.2),
        boosted("softmax", "softmax"),
        boosted("softmax, weighted", "softmax", weighted=True, rounds=2),
        boosted("l1", "logistic", alpha=1.5),
        boosted("l1, squared", "squared", alpha=4.0, **{"lambda": 0.0}),
        boosted("gain and weight", "logistic", gamma=1.2, min_child_weight=4.0, max_depth=5),
        boosted("bounded", "squared", max_delta_step=0.5),
        boosted("leaf-wise", "squared", method="hist", grow_policy="lossguide", max_leaves=6, max_depth=0),
        boosted("leaf-wise, logistic", "logistic", method="hist", grow_policy="lossguide", max_leaves=7, max_depth=4, weighted=True),
        # On columns without missing values: where they stand alone against all values XGBoost still keeps the direction.
        boosted("monotone", "squared", monotone_constraints="(-1,0,0,1)", max_depth=4),
        boosted("monotone, logistic", "logistic", monotone_constraints="(1,0,0,-1)", max_depth=4),
    ],
    sklearn=[
        hgb("squared", "squared"),
        hgb("squared, leaf-wise", "squared", max_leaf_nodes=7, max_depth=None),
        hgb("logistic", "logistic", min_samples_leaf=1),
        hgb("logistic, weighted, leaf-wise", "logistic", weighted=True, min_samples_leaf=1, max_leaf_nodes=6, max_depth=None),
        hgb("poisson", "poisson", min_samples_leaf=1),
    ],
)) + "\n")
