#!/usr/bin/env python3
"""Reference figures for the tests of TreeSHAP: writes shap.json beside this script.

Run with Debian 12's interpreter and packages (python3-numpy 1.24.2) and XGBoost 1.7.4:

    /usr/bin/python3 make_shap.py

Each case holds a model as XGBoost saves it, some rows (null: missing) and their pred_contribs. The case with a background has the Shapley
values of the interventional game as well: every set of columns is formed and scored by XGBoost itself.
"""
import itertools
import json
import math
import pathlib

import numpy as np
import xgboost as xgb

assert xgb.__version__ == "1.7.4"
r = np.random.default_rng(20240603)


def table(n, d, codes=0):
    """Columns of one decimal (float32 and double agree on the side of every threshold), one value in ten missing; the last one codes."""
    X = np.round(r.normal(size=(n, d)), 1)
    if codes:
        X[:, -1] = r.integers(0, codes, n)
    X[r.random((n, d)) < 0.1] = np.nan
    return X.astype("float32")


def signal(X):
    Z = np.nan_to_num(X, nan=0.7)
    return Z[:, 0] + Z[:, 1] * Z[:, 2] - (Z[:, 3] > 0.5) + (Z[:, -1] % 3 == 1) + 0.5 * r.normal(size=len(Z))


def numbers(a):
    return [[None if np.isnan(v) else float(f"{v:.9g}") for v in row] for row in np.asarray(a, dtype="float64")]


def case(name, X, y, rounds, codes=0, background=0, **parameters):
    types = ["q"] * (X.shape[1] - 1) + ["c" if codes else "q"]
    data = lambda rows: xgb.DMatrix(rows, feature_types=types, enable_categorical=codes > 0, nthread=1)
    D = data(X)
    D.set_label(y)
    model = xgb.train(dict(nthread=1, seed=1, tree_method="hist", **parameters), D, rounds)
    rows = X[:24]
    found = dict(name=name, model=json.loads(model.save_raw("json").decode()), rows=numbers(rows), codes=codes)
    found["contributions"] = numbers(model.predict(data(rows), pred_contribs=True).reshape(len(rows), -1))
    if background:
        others = X[100:100 + background]
        found["background"] = numbers(others)
        found["interventional"] = [interventional(lambda m: model.predict(data(m), output_margin=True), row, others) for row in rows[:6]]
    return slim(found)


def interventional(margin, row, background):
    d = len(row)
    sets = list(itertools.product((False, True), repeat=d))
    mixed = np.concatenate([np.where(known, row, background) for known in sets]).astype("float32")
    worth = margin(mixed).astype("float64").reshape(len(sets), -1).mean(axis=1)
    found = np.zeros(d + 1)
    for known, value in zip(sets, worth):
        size = sum(known)
        for j in range(d):
            if known[j]:
                found[j] += value * math.factorial(size - 1) * math.factorial(d - size) / math.factorial(d)
            else:
                found[j] -= value * math.factorial(size) * math.factorial(d - size - 1) / math.factorial(d)
    found[d] = worth[0]
    return [float(f"{v:.9g}") for v in found]


def slim(found):
    """Only what defines the trees."""
    learner = found.pop("model")["learner"]
    kept = ("left_children", "right_children", "split_indices", "split_conditions", "default_left", "sum_hessian", "split_type",
            "categories", "categories_nodes", "categories_segments", "categories_sizes")
    booster = learner["gradient_booster"]["model"]
    found["classes"] = max(1, int(learner["learner_model_param"]["num_class"]))
    score = float(learner["learner_model_param"]["base_score"])
    found["base_margin"] = math.log(score / (1 - score)) if learner["objective"]["name"] == "binary:logistic" else score
    found["trees"] = [{key: tree[key] for key in kept} for tree in booster["trees"]]
    for tree in found["trees"]:  # NaN, which JSON has not, where categories decide
        tree["split_conditions"] = [0 if math.isnan(v) else v for v in tree["split_conditions"]]
    return found


X = table(600, 8)
y = signal(X)
C = table(600, 6, codes=40)
z = signal(C)
cases = [
    case("logistic, with a background", X, y > 0.3, 6, background=12, objective="binary:logistic", max_depth=5, eta=0.3),
    case("softmax", X, np.digitize(y, [-0.5, 0.8]), 3, objective="multi:softprob", num_class=3, max_depth=4, eta=0.3),
    case("deep, leaf by leaf", X, y, 3, objective="reg:squarederror", base_score=0.5, grow_policy="lossguide", max_depth=0, max_leaves=40, min_child_weight=1, eta=0.3),
    case("categories", C, z > 0.3, 4, codes=40, objective="binary:logistic", max_depth=4, eta=0.3, max_cat_to_onehot=4, min_child_weight=1),
]
out = pathlib.Path(__file__).with_name("shap.json")
out.write_text(json.dumps(dict(versions=dict(xgboost=xgb.__version__, numpy=np.__version__), cases=cases), separators=(",", ":"), allow_nan=False) + "\n")
print(out.stat().st_size, "bytes;", ", ".join(f"{c['name']}: {len(c['trees'])} trees" for c in cases))
