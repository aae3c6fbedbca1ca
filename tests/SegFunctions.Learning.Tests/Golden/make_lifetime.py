#!/usr/bin/env python3
"""Reference figures for the lifetime models: writes lifetime.json beside this script.

Run with Debian 12's interpreter and packages (python3-numpy 1.24.2, python3-scipy 1.10.1):

    /usr/bin/python3 make_lifetime.py

Everything is computed by another way than the library does it: likelihoods in the hypergeometric forms of the papers, the means over
customers by adaptive quadrature over the rates, gradients by Richardson's extrapolation of differences.
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.special import betaln, gammaln, hyp2f1
from scipy.stats import beta as beta_law
from scipy.stats import gamma as gamma_law

HISTORIES = [(0, 0, 0.5), (0, 0, 38.86), (1, 1.71, 38.86), (2, 30.43, 38.86), (1, 38, 38.86), (7, 29.43, 38.86), (26, 38, 39),
             (3, 0, 20), (5, 12.5, 12.5), (60, 90.5, 104), (0, 0, 104), (12, 20, 104)]
BETA_GEOMETRIC = [(0.243, 4.414, 0.793, 2.426), (0.85, 4.2, 0.7, 8.1), (2.5, 30.0, 1.0, 1.0), (0.05, 0.4, 3.0, 0.3)]
PARETO = [(0.553, 10.578, 0.606, 11.669), (1.5, 3.0, 2.0, 40.0), (0.3, 20.0, 0.9, 2.0), (1.0, 8.0, 1.0, 8.0)]
HORIZONS = [4, 39, 104]


def bg(x, tx, T, r, al, a, b, first):
    """BG/NBD (eq. 6 of the paper) or MBG/NBD (first)."""
    y = x + first
    alive = betaln(a, b + y) - betaln(a, b) - (r + x) * np.log(al + T)
    gone = betaln(a + 1, b + y - 1) - betaln(a, b) - (r + x) * np.log(al + tx) if y > 0 else -np.inf
    return gammaln(r + x) - gammaln(r) + r * np.log(al) + np.logaddexp(alive, gone)


def pareto(x, tx, T, r, al, s, be):
    """Eq. 22 and 23 of Fader & Hardie's note."""
    c = r + s + x
    low, high = min(al, be), max(al, be)
    second = s + 1 if al >= be else r + x
    # Both terms are scaled with (high + tx)^c.
    f = lambda t: hyp2f1(c, second, c + 1, (high - low) / (high + t)) * ((high + tx) / (high + t)) ** c
    a0 = np.log(f(tx) - f(T)) - c * np.log(high + tx) if T > tx else -np.inf
    alive = -(r + x) * np.log(al + T) - s * np.log(be + T)
    return gammaln(r + x) - gammaln(r) + r * np.log(al) + s * np.log(be) + np.logaddexp(alive, np.log(s / c) + a0)


def gamma_gamma(x, m, p, q, g):
    return (gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(g) + (p * x - 1) * np.log(m) + p * x * np.log(x)
            - (p * x + q) * np.log(g + m * x))


def gradient(f, parameters):
    out = []
    for i, value in enumerate(parameters):
        def slope(h):
            up, down = list(parameters), list(parameters)
            up[i], down[i] = value + h, value - h
            return (f(*up) - f(*down)) / (2 * h)
        h = 2e-3 * value
        one, two, four = slope(h), slope(h / 2), slope(h / 4)
        out.append((64 * four - 20 * two + one) / 45)
    return out


def integral(f, law, lowest=1e-13):
    """E f over a law: between its quantiles, in pieces, so that quad sees where the mass is."""
    cuts = [law.ppf(p) for p in (lowest, 1e-10, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-13)]
    total = 0
    for low, high in zip(cuts, cuts[1:]):
        if high > low:
            total += quad(lambda v: f(v) * law.pdf(v), low, high, epsabs=0, epsrel=1e-10, limit=500)[0]
    return total


def bg_expected(x, T, t, r, al, a, b, first):
    """Orders given active at T: eq. 10 of the paper; at a = 1, over p of beta(a, b + y), the rate integrated out by hand."""
    y, c, z = b + x + first, r + x, t / (al + T)
    if a != 1:
        return (a + y - 1) / (a - 1) * (1 - (1 + z) ** -c * hyp2f1(c, y, a + y - 1, z / (1 + z)))
    return integral(lambda p: -np.expm1(-c * np.log1p(p * z)) / p if p > 0 else c * z, beta_law(a, y))


def pareto_expected(x, T, t, r, al, s, be):
    law = gamma_law(s, scale=1 / (be + T))
    return (r + x) / (al + T) * integral(lambda m: -np.expm1(-m * t) / m if m > 0 else t, law)


def pareto_dead(x, tx, T, r, al, s, be):
    """ln of the second term of the likelihood, by quadrature over the moment of dropping out."""
    if T <= tx:
        return -np.inf
    f = lambda tau: s * ((al + tau) / (al + tx)) ** -(r + x) * ((be + tau) / (be + tx)) ** -(s + 1) / (be + tx)
    return np.log(quad(f, tx, T, epsabs=0, epsrel=1e-12, limit=500)[0]) - (r + x) * np.log(al + tx) - s * np.log(be + tx)


def counts(r, al, a, b, t):
    """P(X(t) = n) of a new customer, eq. 8 of the BG/NBD paper."""
    out = []
    for n in range(8):
        nb = lambda j: np.exp(gammaln(r + j) - gammaln(r) - gammaln(j + 1) + r * np.log(al / (al + t)) + j * np.log(t / (al + t)))
        value = np.exp(betaln(a, b + n) - betaln(a, b)) * nb(n)
        if n > 0:
            value += np.exp(betaln(a + 1, b + n - 1) - betaln(a, b)) * (1 - sum(nb(j) for j in range(n)))
        out.append(value)
    return out


def pareto_counts(r, al, s, be, t):
    """P(X(t) = n) by quadrature over the time of staying."""
    nb = lambda n, w: np.exp(gammaln(r + n) - gammaln(r) - gammaln(n + 1) + r * np.log(al / (al + w)) + n * np.log(w / (al + w))) if w > 0 else float(n == 0)
    stay = (be / (be + t)) ** s
    return [nb(n, t) * stay + quad(lambda w: nb(n, w) * s / (be + w) * (be / (be + w)) ** s, 0, t, epsabs=0, epsrel=1e-11, limit=500)[0] for n in range(8)]


def beta_geometric_case(parameters, first):
    total = lambda *p: sum(bg(*h, *p, first) for h in HISTORIES)
    r, al, a, b = parameters
    alive = []
    for x, tx, T in HISTORIES:
        y = x + first
        alive.append(1.0 if y == 0 else 1 / (1 + a / (b + y - 1) * ((al + T) / (al + tx)) ** (r + x)))
    return dict(
        model="mbgnbd" if first else "bgnbd", parameters=parameters, logLikelihoods=[bg(*h, *parameters, first) for h in HISTORIES],
        gradient=gradient(total, parameters), alive=alive,
        orders=[[bg_expected(x, T, t, *parameters, first) for t in HORIZONS] for x, tx, T in HISTORIES],
        counts=None if first else counts(*parameters, 38.86))


def pareto_case(parameters):
    total = lambda *p: sum(pareto(*h, *p) for h in HISTORIES)
    r, al, s, be = parameters
    alive = []
    for x, tx, T in HISTORIES:
        log_alive = -(r + x) * np.log(al + T) - s * np.log(be + T)
        alive.append(1 / (1 + np.exp(pareto_dead(x, tx, T, *parameters) - log_alive)))
    return dict(
        model="paretonbd", parameters=parameters, logLikelihoods=[pareto(*h, *parameters) for h in HISTORIES],
        gradient=gradient(total, parameters), alive=alive,
        orders=[[pareto_expected(x, T, t, *parameters) for t in HORIZONS] for x, tx, T in HISTORIES],
        counts=pareto_counts(*parameters, 38.86))


def spend():
    rows = [(1, 22.35), (2, 11.77), (7, 73.74), (29, 4.5), (3, 250.0), (1, 0.03)]
    cases = []
    for parameters in ((6.25, 3.74, 15.44), (0.7, 1.8, 120.0), (40.0, 12.0, 3.0)):
        p, q, g = parameters
        cases.append(dict(
            parameters=parameters, logLikelihoods=[gamma_gamma(x, m, *parameters) for x, m in rows],
            gradient=gradient(lambda *v: sum(gamma_gamma(x, m, *v) for x, m in rows), parameters),
            amounts=[integral(lambda nu: p / nu, gamma_law(p * x + q, scale=1 / (g + m * x)), 1e-60) for x, m in rows]))
    return dict(rows=rows, cases=cases)


def gammas():
    from scipy.special import digamma, polygamma
    at = [1e-8, 0.01, 0.3, 1.0, 2.5, 15.9, 16.1, 200.0, 1e6]
    return [dict(z=z, log=gammaln(z), psi=float(digamma(z)), trigamma=float(polygamma(1, z))) for z in at]


figures = dict(
    versions=dict(numpy=np.__version__, scipy=scipy.__version__), histories=HISTORIES, horizons=HORIZONS,
    cases=[beta_geometric_case(p, first) for first in (0, 1) for p in BETA_GEOMETRIC] + [pareto_case(p) for p in PARETO],
    spend=spend(), gammas=gammas())
pathlib.Path(__file__).with_name("lifetime.json").write_text(json.dumps(figures, indent=None, separators=(",", ":")) + "\n")
