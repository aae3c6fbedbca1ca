#!/usr/bin/env python3
"""Merge heights and cuts for the golden tests: writes hierarchical.json beside this script.

Run with Debian 12's interpreter and packages (python3-scipy 1.10.1, python3-fastcluster 1.2.3, python3-sklearn 1.2.1,
python3-numpy 1.24.2) and R 4.2.2 on the path:

    /usr/bin/python3 make_hierarchical.py

Rows are rounded to four decimals before anything is computed. "tied" is a grid with equal rows: of equal distances every program
merges another pair first, so only single linkage, whose heights and cuts by height are unique, has figures there, and none for cuts by count.
"""
import json
import pathlib
import subprocess
import tempfile

import fastcluster
import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import AgglomerativeClustering

r = np.random.default_rng(20240602)
LINKAGES = ("ward", "average", "complete", "single")
CUTS = (2, 3, 5, 8, 13)

R_SCRIPT = """
rows <- as.matrix(read.csv(commandArgs(TRUE)[1], header = FALSE))
for (method in c("ward.D2", "average", "complete", "single"))
    cat(format(hclust(dist(rows), method)$height, digits = 17, trim = TRUE), sep = " ", fill = 1e6)
"""


def blobs(n, d, k, spread):
    centres = r.normal(0, spread, (k, d))
    labels = r.integers(0, k, n)
    return np.round(centres[labels] + r.normal(size=(n, d)) * r.uniform(0.5, 1.5, (k, d))[labels], 4)


def heights_of_r(rows):
    with tempfile.TemporaryDirectory() as folder:
        table, script = pathlib.Path(folder, "rows.csv"), pathlib.Path(folder, "hclust.R")
        np.savetxt(table, rows, delimiter=",", fmt="%.4f")
        script.write_text(R_SCRIPT)
        lines = subprocess.run(["Rscript", str(script), str(table)], check=True, capture_output=True, text=True).stdout.splitlines()
    return {name: [float(x) for x in line.split()] for name, line in zip(LINKAGES, lines)}


def case(name, rows, linkages, cuts):
    of_r = heights_of_r(rows)
    figures = []
    for method in linkages:
        tree = linkage(rows, method)
        other = fastcluster.linkage_vector(rows, method) if method in ("ward", "single") else fastcluster.linkage(rows, method)
        assert np.allclose(tree[:, 2], other[:, 2], rtol=1e-9, atol=1e-12), (name, method, "fastcluster")
        assert np.allclose(tree[:, 2], np.sort(of_r[method]), rtol=1e-6, atol=1e-9), (name, method, "R")
        cut = {}
        for k in cuts:
            labels = AgglomerativeClustering(k, linkage=method).fit(rows).labels_
            assert sklearn.metrics.adjusted_rand_score(labels, fcluster(tree, k, "maxclust")) == 1, (name, method, k)
            cut[k] = labels.tolist()
        middle = float(np.mean(tree[len(tree) // 2:len(tree) // 2 + 2, 2]))
        figures.append({"linkage": method, "heights": tree[:, 2].tolist(), "heightsOfR": of_r[method], "cuts": cut,
                        "cutHeight": middle, "cutByHeight": fcluster(tree, middle, "distance").tolist()})
    return {"name": name, "rows": rows.tolist(), "figures": figures}


if __name__ == "__main__":
    versions = (scipy.__version__, fastcluster.__version__, sklearn.__version__)
    assert versions == ("1.10.1", "1.2.3", "1.2.1"), versions
    tied = np.array([[x, y] for x in range(6) for y in range(5)] + [[0, 0], [2, 3], [9, 9]], dtype=float)
    cases = [case("plane", blobs(160, 2, 5, 5.0) + 100, LINKAGES, CUTS), case("wide", blobs(90, 17, 6, 1.5), LINKAGES, CUTS),
             case("line", blobs(60, 1, 3, 20.0), LINKAGES, CUTS), case("tied", tied, ("single",), ())]
    pathlib.Path(__file__).with_name("hierarchical.json").write_text(json.dumps(cases))
