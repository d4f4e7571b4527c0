#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes docs/reference from what the program says of itself: scripts/reference.py [--check] [STEQ]. With --check it writes
nothing, names the pages that are not what the program says now, and ends with exit code 1 where there are any."""

import json
import pathlib
import re
import subprocess
import sys
import textwrap

import preset_uses

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
NOTE = "This page is written by `scripts/reference.py` from what the program says of itself."
ELSEWHERE = {"estimators": "../estimators/index.md", "metrics": "../metrics.md", "presets": "../gallery.md"}
INTRODUCTIONS = {
    "quantizers": "A quantizer maps the latent weights of a layer to levels.",
    "codings": "A coding puts finished weights on few values; `steq quantize` takes quantizers as well.",
    "storages": "A storage says what is kept of a weight after the optimizer's rule.",
    "surrogates": "A surrogate is the slope that the backward pass uses for a quantized activation.",
    "losses": "A loss is a function of logits and label.",
    "optimizers": "An optimizer is the rule that moves the latent weights.",
    "schedules": "A schedule says how the learning rate changes during a run; all times are shares of the run.",
    "layers": "A model that is written layer by layer consists of these.",
    "models": "These networks have a name.",
    "datasets": "These data can be trained on; [data](../data.md) says how files are found.",
    "augmentations": "An augmentation changes the training images anew in every epoch.",
    "gradients": "A run without a network draws its gradients from one of these.",
    "predictions": "These closed forms are held against simulation ([theory against simulation](../theory.md)).",
    "laws": "These closed forms are held against draws ([weights as distributions](../systems/probabilistic.md)).",
    "assumptions": "The theorems need these; `steq check` goes through them ([how](../check.md)).",
    "estimators": "A gradient estimator stands in for the derivative of the quantizer; each has a page.",
    "presets": "A preset is a config with a name; each has a row.",
    "metrics": "A metric says how far two learners diverged.",
}


def said(steq, *words):
    return subprocess.run([steq, *words], check=True, capture_output=True, text=True).stdout


def escaped(text):
    return re.sub(r"([|*])", r"\\\1", text).replace("<", "&lt;")


def filled(*sentences):
    return textwrap.fill(" ".join(sentences), 126, break_long_words=False, break_on_hyphens=False) + "\n\n"


def code(value):
    return "`{}`".format(value.replace("|", "\\|"))


def table(head, rows):
    lines = [head, ["---"] * len(head)] + rows
    return "".join("| " + " | ".join(row) + " |\n" for row in lines) + "\n"


def default(entry):
    if entry.get("required"):
        return "required"
    if "instead_of" in entry:
        return "in place of " + code(entry["instead_of"])
    return "" if entry.get("default") is None else code(json.dumps(entry["default"]))


def parameters(entry):
    rows = [[code(p["name"]), default(p), escaped(p["allowed"]), escaped(p["meaning"])] for p in entry["parameters"]]
    return table(["parameter", "default", "allowed", "meaning"], rows) if rows else ""


def grid(entry):
    rows = [[code(p["name"]), escaped(p["by"]), escaped(p["meaning"])] for p in entry.get("grid_parameters", [])]
    head = "These are the numbers of the grid, and what moves them:\n\n"
    return head + table(["number", "moved", "meaning"], rows) if rows else ""


def used(presets):
    names = ", ".join(code(name) for name in presets)
    return filled("In the [gallery](../gallery.md) these presets use it: " + names + ".") if presets else ""


def section(entry, presets):
    parts = ["## " + entry["name"] + "\n\n", filled(escaped(entry["summary"]))]
    if entry["convention"]:
        parts.append(filled(escaped(entry["convention"])))
    if entry["formula"]:
        parts.append("```\n" + entry["formula"] + "\n```\n\n")
    parts += [parameters(entry), grid(entry), used(presets)]
    if entry["citation"]:
        parts.append(filled("Source:", escaped(entry["citation"])))
    return "".join(parts)


def plugin_page(kind, entries, uses):
    rows = [["[{0}](#{0})".format(e["name"]), escaped(e["summary"])] for e in entries]
    command = "`steq describe {0}` prints this list, and `steq describe {0} NAME` one of them.".format(kind)
    head = "# " + kind.capitalize() + "\n\n" + filled(INTRODUCTIONS.get(kind, ""), command, NOTE)
    sections = "".join(section(e, uses.get((kind, e["name"]), [])) for e in entries)
    return (head + table(["name", "what it is"], rows) + sections).rstrip("\n") + "\n"


def key_rows(key):
    """One row, or one for each group of plug-ins where these give the key different meanings."""
    if "allowed" in key:
        return [[code(key["name"]), escaped(key["summary"]), escaped(key["allowed"]), default(key)]]
    return [[code(key["name"]), escaped(p["name"] + ": " + p["meaning"]), escaped(p["allowed"]), default(p)]
            for p in key["plugins"]]


def config_page(keys):
    summaries = {key["name"]: key["summary"] for key in keys}

    def repeated(key):  # a learner's own quantizer, ... has the keys of the document's
        name = key["name"].partition("learners.")[2]
        return name in summaries and key["summary"].startswith(summaries[name])

    def group_of(key):  # those that hold no others stand together
        first = key["name"].split(".")[0]
        return first if any(name.startswith(first + ".") for name in summaries) else "The run"

    groups = {}
    for key in keys:
        if not repeated(key):
            groups.setdefault(group_of(key), []).append(key)
    text = "# Config keys\n\n" + filled(
        "These are the keys of a config of kind `training`. [Write a config](../configs.md) explains how they go together, and",
        "[studies](../studies.md) has the keys of a study. A learner may have `init`, `quantizer`, `estimator`, `storage`,",
        "`activations`, `loss` and `optimizer` of its own, with all keys that these have in the document. A key without a",
        "default may be left out, where it is not required.", NOTE)
    for group, members in groups.items():
        rows = [row for key in members for row in key_rows(key)]
        text += "## " + group + "\n\n" + table(["key", "meaning", "allowed", "default"], rows)
    return text.rstrip("\n") + "\n"


def commands_page(steq):
    overview = said(steq, "--help")
    names = re.findall(r"^  (\w+) ", overview.split("Subcommands:")[1], re.M)
    text = "# Commands\n\n" + filled("[What survives what](../durability.md#on-a-cluster) explains the exit codes.", NOTE)
    for name in ["", *names]:
        shown = said(steq, name, "--help") if name else overview
        text += "## steq " + (name or "") + "\n\n```\n" + shown.strip("\n") + "\n```\n\n"
    return text.replace("## steq \n", "## steq\n").rstrip("\n") + "\n"


def index_page(kinds):
    links = {kind: ELSEWHERE.get(kind, kind + ".md") for kind in kinds}
    rows = [["[{}]({})".format(kind, link), str(len(kinds[kind])), INTRODUCTIONS.get(kind, "")]
            for kind, link in links.items() if kind != "config"]
    others = filled(
        "[Config keys](config.md) and [commands](commands.md) have pages of their own, and so have [the log's",
        "format](../logs.md), [the words](../glossary.md) and [the symbols](../../theory/notation.md).", NOTE)
    return "# Reference\n\n" + others + table(["kind", "entries", "what it is"], rows)[:-1]


def pages(steq):
    kinds = json.loads(said(steq, "describe", "--json"))
    uses = preset_uses.uses(kinds["presets"])
    written = {kind + ".md": plugin_page(kind, entries, uses)
               for kind, entries in kinds.items() if kind not in ELSEWHERE and kind != "config"}
    others = {"config.md": config_page(kinds["config"]), "commands.md": commands_page(steq), "index.md": index_page(kinds)}
    return {**written, **others}


def main():
    words = [word for word in sys.argv[1:] if word != "--check"]
    expected, folder = pages(words[0] if words else "steq"), DOCS / "reference"
    found = {path.name: path.read_text() for path in folder.glob("*.md")}
    if "--check" not in sys.argv:
        folder.mkdir(exist_ok=True)
        for name, text in expected.items():
            (folder / name).write_text(text)
    wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if "--check" in sys.argv and wrong:
        sys.exit("docs/reference is not what the program says: " + ", ".join(wrong) + "; scripts/reference.py writes it anew")


if __name__ == "__main__":
    main()
