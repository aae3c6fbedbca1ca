#!/usr/bin/env python3
"""Packs the sufficient statistics of the CDNOW 1/10 sample into cdnow.json beside this script.

The sample was published by Peter Fader and Bruce Hardie for research and teaching (www.brucehardie.com/datasets, CDNOW_sample). It is
read from a text file of blank-separated rows "master id, sample id, date, CDs, dollars". Orders of one day count as one; calibration
ends on 1997-09-30, the holdout on 1998-06-30.

    /usr/bin/python3 make_cdnow.py CDNOW_sample.txt
"""
import json
import pathlib
import sys

import pandas as pd

rows = pd.read_csv(sys.argv[1], sep=r"\s+", header=None, names=["master", "id", "date", "cds", "amount"])
rows["date"] = pd.to_datetime(rows["date"], format="%Y%m%d")
days = rows.groupby(["id", "date"], as_index=False)["amount"].sum()
end = pd.Timestamp("1997-09-30")
zeros, repeaters = {}, []
for _, own in days.groupby("id"):
    dates = (own["date"] - own["date"].iloc[0]).dt.days.to_numpy()
    age = (end - own["date"].iloc[0]).days
    x = int(((dates > 0) & (dates <= age)).sum())
    later = int((dates > age).sum())
    if x == 0:
        zeros[(age, later)] = zeros.get((age, later), 0) + 1
    else:
        repeaters.append([x, int(dates[x]), age, later, round(float(own["amount"].iloc[1:x + 1].mean()), 4)])
figures = dict(
    source="CDNOW 1/10 sample, published by Fader and Hardie for research and teaching; made by make_cdnow.py",
    zeros="age in days, orders in the holdout of 273 days, customers",
    zero=[[*key, count] for key, count in sorted(zeros.items())],
    repeaters="x, recency in days, age in days, orders in the holdout, mean amount of the repeat days; in the order of the sample",
    repeater=repeaters)
text = json.dumps(figures, separators=(",", ":"))
rows = text.split("],[")
lines = ["],[".join(rows[i:i + 12]) for i in range(0, len(rows), 12)]
pathlib.Path(__file__).with_name("cdnow.json").write_text("],\n[".join(lines) + "\n")
