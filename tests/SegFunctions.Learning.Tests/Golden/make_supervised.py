#!/usr/bin/env python3
"""Reference figures for regression, calibration and measures of two classes: writes supervised.json beside this script.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-numpy 1.24.2):

    /usr/bin/python3 make_supervised.py

Inputs are rounded before anything is computed, so that the JSON holds exactly what was used. Objectives are
sum of weight * loss + l1 * |coefficients| + l2 / 2 * coefficients^2, intercept free: C = 1 / (l1 + l2), ratio = l1 / (l1 + l2).
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

r = np.random.default_rng(20250214)


def fit(x, y, l1, l2, weights=None):
    if l1 == 0:
        model = LogisticRegression(penalty="l2" if l2 > 0 else None, C=1 / l2 if l2 > 0 else 1.0, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    else:
        model = LogisticRegression(penalty="elasticnet", C=1 / (l1 + l2), l1_ratio=l1 / (l1 + l2), solver="saga", tol=1e-13, max_iter=200_000)
    return model.fit(x, y, sample_weight=weights)


def regression():
    n, d = 220, 6
    x = r.normal(size=(n, d))
    x[:, 3] = 0.8 * x[:, 0] + 0.6 * x[:, 3]
    x = np.round(x * [1, 20, 0.1, 3, 1, 5] + [0, 100, 1, -7, 0, 2], 4)
    z = (x - x.mean(0)) / x.std(0)
    y = r.random(n) < 1 / (1 + np.exp(-(z @ [0.9, -0.6, 0.3, 0.2, 0, 0] - 0.4)))
    weights = np.round(r.uniform(0.2, 3, n), 2)
    cases = []
    for l1, l2, w in ((0, 0, None), (0, 3, None), (6, 0, None), (4, 4, None), (15, 2, None), (5, 0, weights), (0, 2, weights)):
        scaler = StandardScaler().fit(x, sample_weight=w)
        scaled = scaler.transform(x)
        m = fit(scaled, y, l1, l2, w)
        coefficients = m.coef_[0] / scaler.scale_
        cases.append(dict(l1=l1, l2=l2, weighted=w is not None, intercept=m.intercept_[0] - coefficients @ scaler.mean_, coefficients=coefficients.tolist()))
    return dict(rows=x.tolist(), labels=y.tolist(), weights=weights.tolist(), cases=cases)


def folded():
    """Numbers standardised, categories one-hot and as they are; an unknown level (code -1) is all zeros."""
    n = 260
    x = np.round(r.normal(size=(n, 3)) * [1, 5, 2], 4)
    codes = np.column_stack([r.integers(0, 4, n), r.integers(-1, 6, n)])
    effect = np.array([0.8, -0.4, 0, 0.3])[codes[:, 0]] + np.array([1, 0, -1, 0.2, 0, 0.5, 0])[codes[:, 1]]
    y = r.random(n) < 1 / (1 + np.exp(-(0.7 * x[:, 0] + effect - 0.5)))
    flags = OneHotEncoder(categories=[np.arange(4), np.arange(6)], handle_unknown="ignore", sparse_output=False).fit_transform(codes)
    cases = []
    for l1, l2 in ((0, 1), (3, 0), (2, 1)):
        scaler = StandardScaler().fit(x)
        m = fit(np.hstack([scaler.transform(x), flags]), y, l1, l2)
        numbers = m.coef_[0][:3] / scaler.scale_
        cases.append(dict(l1=l1, l2=l2, intercept=m.intercept_[0] - numbers @ scaler.mean_, coefficients=[*numbers, *m.coef_[0][3:]]))
    return dict(numbers=x.tolist(), codes=codes.tolist(), labels=y.tolist(), cases=cases)


def measures():
    n = 300
    y = r.random(n) < 0.25
    # Two decimals: many ties.
    p = np.clip(np.round(0.25 + 0.2 * y + r.normal(0, 0.18, n), 2), 0, 1)
    weights = np.round(r.uniform(0.1, 4, n), 2)
    log_odds = np.round(r.normal(0, 2, n) + 1.5 * y, 1)
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(log_odds, y.astype(float), sample_weight=weights)
    at = np.round(np.linspace(-8, 8, 33), 4)
    classes = r.integers(0, 4, 60)
    shares = np.round(r.dirichlet(np.ones(4) * 2, 60), 3)
    shares = shares / shares.sum(1, keepdims=True)
    return dict(
        labels=y.tolist(), probabilities=p.tolist(), weights=weights.tolist(),
        auc=metrics.roc_auc_score(y, p), averagePrecision=metrics.average_precision_score(y, p),
        logLoss=metrics.log_loss(y, p), brier=metrics.brier_score_loss(y, p),
        weightedAuc=metrics.roc_auc_score(y, p, sample_weight=weights), weightedAveragePrecision=metrics.average_precision_score(y, p, sample_weight=weights),
        weightedLogLoss=metrics.log_loss(y, p, sample_weight=weights), weightedBrier=metrics.brier_score_loss(y, p, sample_weight=weights),
        logOdds=log_odds.tolist(), isotonicAt=at.tolist(), weightedIsotonic=isotonic.predict(at).tolist(),
        classes=classes.tolist(), classShares=shares.tolist(), classLogLoss=metrics.log_loss(classes, shares, labels=[0, 1, 2, 3]))


golden = dict(versions=dict(sklearn=sklearn.__version__, numpy=np.__version__), regression=regression(), folded=folded(), measures=measures())
pathlib.Path(__file__).with_name("supervised.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
