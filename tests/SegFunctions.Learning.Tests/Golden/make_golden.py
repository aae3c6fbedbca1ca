#!/usr/bin/env python3
"""Reference figures for the golden tests: writes golden.json beside this script.

Run with Debian 12's interpreter and packages (python3-sklearn 1.2.1, python3-numpy 1.24.2, python3-scipy 1.10.1):

    /usr/bin/python3 make_golden.py

Inputs are rounded to four decimals before anything is computed, so that the JSON holds exactly what was used.
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.stats import norm, skew
from sklearn import metrics
from sklearn.calibration import _sigmoid_calibration
from sklearn.cluster import KMeans
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

r = np.random.default_rng(20240601)


def blobs(n, d, k, spread):
    centres = r.normal(0, spread, (k, d))
    labels = r.integers(0, k, n)
    return np.round(centres[labels] + r.normal(size=(n, d)) * r.uniform(0.5, 1.5, (k, d))[labels], 4)


def clustering():
    cases = []
    for n, d, k, spread in ((150, 2, 3, 4.0), (203, 5, 4, 2.0), (97, 17, 6, 1.5)):
        x = blobs(n, d, k, spread) + 100
        x = np.round(x, 4)
        start = x[r.choice(n, k, replace=False)]
        fitted = KMeans(k, init=start, n_init=1, tol=0, max_iter=300, algorithm="lloyd").fit(x)
        passes = KMeans(k, init=start, n_init=1, tol=0, max_iter=2, algorithm="lloyd").fit(x)
        cases.append(dict(
            rows=x.tolist(), start=start.tolist(), labels=fitted.labels_.tolist(), centroids=fitted.cluster_centers_.tolist(),
            inertia=fitted.inertia_, inertiaAfterTwoPasses=passes.inertia_,
            silhouette=metrics.silhouette_score(x, fitted.labels_),
            daviesBouldin=metrics.davies_bouldin_score(x, fitted.labels_),
            calinskiHarabasz=metrics.calinski_harabasz_score(x, fitted.labels_)))
    return cases


def partitions():
    a = r.integers(0, 5, 120)
    b = np.where(r.random(120) < 0.6, a, r.integers(0, 7, 120))
    return dict(first=a.tolist(), second=b.tolist(), adjustedRand=metrics.adjusted_rand_score(a, b))


def classification():
    n = 240
    y = r.random(n) < 0.3
    # One decimal less than usual: many ties.
    p = np.clip(np.round(0.3 + 0.25 * y + r.normal(0, 0.2, n), 2), 0, 1)
    log_odds = np.round(r.normal(0, 2, n) + 1.5 * y, 2)
    a, b = _sigmoid_calibration(log_odds, y.astype(int))
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(log_odds, y.astype(float))
    at = np.round(np.linspace(-8, 8, 33), 4)
    return dict(
        labels=y.tolist(), probabilities=p.tolist(), auc=metrics.roc_auc_score(y, p), logLoss=metrics.log_loss(y, p),
        brier=metrics.brier_score_loss(y, p), logOdds=log_odds.tolist(), plattA=a, plattB=b,
        isotonicAt=at.tolist(), isotonic=isotonic.predict(at).tolist())


def logistic():
    n, d = 180, 4
    x = np.round(r.normal(size=(n, d)) * [1, 10, 0.1, 3] + [0, 50, 2, -7], 4)
    z = (x - x.mean(0)) / x.std(0)
    y = r.random(n) < 1 / (1 + np.exp(-(z @ [1.0, -0.7, 0.3, 0.0] - 0.5)))
    weights = np.round(r.uniform(0.2, 3, n), 2)
    cases = []
    for c, w in ((1.0, None), (0.05, None), (1.0, weights), (1e8, None)):
        scaler = StandardScaler().fit(x, sample_weight=w)
        scaled = scaler.transform(x)
        m = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(scaled, y, sample_weight=w)
        coefficients = m.coef_[0] / scaler.scale_
        cases.append(dict(
            l2=1 / c, weighted=w is not None, intercept=m.intercept_[0] - coefficients @ scaler.mean_,
            coefficients=coefficients.tolist(), probabilities=m.predict_proba(scaled)[:, 1].tolist()))
    # Standard errors of the unpenalised fit: square roots of the diagonal of (X'WX)^-1 with an intercept column.
    p = np.array(cases[3]["probabilities"])
    design = np.column_stack([np.ones(n), x])
    errors = np.sqrt(np.diag(np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None]))))
    return dict(rows=x.tolist(), labels=y.tolist(), weights=weights.tolist(), cases=cases, standardErrors=errors.tolist())


def column():
    v = np.round(np.exp(r.normal(2, 1, 60)), 4)
    return dict(
        values=v.tolist(), skewness=skew(v), median=np.median(v), log1pMedian=np.median(np.log1p(v)),
        log1pRange=float(np.subtract(*np.percentile(np.log1p(v), [75, 25]))))


golden = dict(
    versions=dict(sklearn=sklearn.__version__, numpy=np.__version__, scipy=scipy.__version__),
    clustering=clustering(), partitions=partitions(), classification=classification(), logistic=logistic(), column=column(),
    normalQuantiles={str(p): norm.ppf(p) for p in (1e-10, 0.001, 0.025, 0.3, 0.5, 0.75, 0.975, 0.999999)})
pathlib.Path(__file__).with_name("golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
