#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the noise floor of a study: scripts/floor_figure.py STUDY OUT.svg. Each row is a comparison of tables/noise-floor.csv,
with the share of weights on different levels beside that of its controls."""

import csv
import html
import math
import pathlib
import sys

MEASURE = "different levels (share)"
COLOURS = {"divergence": "#d55e00", "1 % jitter": "#009e73", "other rounding": "#cc79a7", "one ulp": "#56b4e9",
           "start one ulp off": "#56b4e9", "other seed": "#666666"}
LEFT, WIDTH, ROW, TOP, BOTTOM = 230, 520, 18, 40, 46


def number(cell):
    return None if cell == "-" else float(cell)


def read(study):
    with open(study / "tables" / "noise-floor.csv", newline="") as file:
        return [row for row in csv.DictReader(file) if row["measure"] == MEASURE]


def scale(rows, columns):
    """Decades that hold all shares above 0; a share of 0 stands at the left edge."""
    shares = [number(row[column]) for row in rows for column in columns if number(row[column])]
    low, high = math.floor(math.log10(min(shares))), math.ceil(math.log10(max(shares)))
    place = lambda share: LEFT if not share else LEFT + WIDTH * (0.04 + 0.96 * (math.log10(share) - low) / (high - low))
    return place, range(low, high + 1)


def text(x, y, words, anchor="start"):
    return '<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>'.format(x, y, anchor, html.escape(words))


def dot(x, y, colour, words, radius=4.5):
    shape = '<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}"><title>{}</title></circle>'
    return shape.format(x, y, radius, colour, html.escape(words))


def axis(place, decades, height):
    parts = []
    for decade in decades:
        x = place(10.0**decade)
        parts.append('<path d="M{0:.1f} {1} V{2}" stroke="#dddddd"/>'.format(x, TOP - 6, height - BOTTOM))
        parts.append(text(x, height - BOTTOM + 16, "{:g} %".format(100 * 10.0**decade), "middle"))
    return parts + [text(LEFT + WIDTH / 2, height - 8, "weights on different levels; the left edge is 0", "middle")]


def figure(rows):
    columns = [column for column in COLOURS if any(number(row.get(column, "-")) is not None for row in rows)]
    place, decades = scale(rows, columns)
    height = TOP + ROW * len(rows) + BOTTOM
    parts = axis(place, decades, height)
    for i, column in enumerate(columns):
        parts += [dot(LEFT - 190 + 130 * i, 16, COLOURS[column], column),
                  text(LEFT - 180 + 130 * i, 20, "the pair" if column == "divergence" else column)]
    for i, row in enumerate(rows):
        y = TOP + ROW * (i + 0.5)
        parts.append(text(LEFT - 10, y + 4, row["comparison"], "end"))
        parts += [dot(place(number(row[column])), y, COLOURS[column], column + ": " + row[column])
                  for column in reversed(columns) if number(row[column]) is not None]
    size = 'width="{0}" height="{1}" viewBox="0 0 {0} {1}"'.format(LEFT + WIDTH + 40, height)
    head = '<svg xmlns="http://www.w3.org/2000/svg" {} font-family="sans-serif" font-size="12">'.format(size)
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    pathlib.Path(sys.argv[2]).write_text(figure(read(pathlib.Path(sys.argv[1]))))
