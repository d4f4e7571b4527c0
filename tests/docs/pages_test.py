#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every entry of the program's registries has a page or a row, and every folder of results its commit: pages_test.py STEQ."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
STEQ = sys.argv.pop(1)
sys.path.insert(0, str(ROOT / "scripts"))


def kinds():
    return json.loads(subprocess.run([STEQ, "describe", "--json"], check=True, capture_output=True, text=True).stdout)


def commits(folder):
    manifests = list(folder.glob("manifest*/*.json")) + list(folder.glob("manifest.json"))
    builds = [json.loads(path.read_text()) for path in manifests]
    return {re.search(r'"git_commit": "([0-9a-f]{7})', json.dumps(build)).group(1) for build in builds}


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kinds = kinds()

    def names(self, kind):
        return [entry["name"] for entry in self.kinds[kind]]

    def test_reference_is_what_the_program_says(self):
        command = [sys.executable, str(ROOT / "scripts/reference.py"), "--check", STEQ]
        self.assertEqual(subprocess.run(command, capture_output=True, text=True).stderr, "")

    def test_every_entry_of_every_kind_is_on_a_page(self):
        elsewhere = {"estimators": "estimators/index.md", "metrics": "metrics.md", "presets": "gallery.md"}
        for kind in self.kinds:
            text = (DOCS / elsewhere.get(kind, "reference/" + kind + ".md")).read_text()
            for name in self.names(kind):
                with self.subTest(kind=kind, name=name):
                    own = re.search(r"(?<![\w-])" + re.escape(name.split(".")[-1]) + r"(?![\w-])", text)
                    self.assertTrue(own, "no row of {} names it".format(kind))

    def test_config_keys_send_to_kinds_that_there_are(self):
        for key in self.kinds["config"]:
            self.assertIn(key.get("see", "steq describe config").split()[-1], self.kinds, key["name"])

    def test_what_presets_name_is_registered(self):
        import preset_uses

        uses = preset_uses.uses(self.kinds["presets"])
        registered = {(kind, name) for kind in self.kinds for name in self.names(kind)}
        self.assertEqual(set(uses) - registered, set())
        self.assertIn("bits", uses["quantizers", "uniform"])

    def test_every_estimator_has_a_page_and_a_figure(self):
        for name in self.names("estimators"):
            for ending in (".md", ".svg"):
                self.assertTrue((DOCS / "estimators" / (name + ending)).is_file(), name + ending)

    def test_the_gallery_shows_every_preset_and_every_system(self):
        gallery = (DOCS / "gallery.md").read_text()
        for name in self.names("presets"):
            self.assertIn("presets/{}.json)".format(name), gallery)
        for page in DOCS.glob("systems/*.md"):
            for place in ("gallery.md", "systems.md"):
                self.assertIn("(systems/{})".format(page.name), (DOCS / place).read_text(), place)

    def test_every_row_of_the_gallery_has_a_figure(self):
        rows = [line for line in (DOCS / "gallery.md").read_text().splitlines() if "](" in line and line.startswith("| ")]
        figures = [re.match(r'\| <img src="([^"]+)"', row) for row in rows]
        self.assertGreater(len(rows), len(self.names("presets")) - 1)
        for row, figure in zip(rows, figures):
            self.assertTrue(figure and (DOCS / figure.group(1)).is_file(), row)

    def test_results_name_the_commits_of_their_manifests(self):
        text = (DOCS / "results/README.md").read_text()
        rows = {folder: row for row, folder in re.findall(r"(?m)^(\| \[[^]]*\]\(([^)]*)\).*)$", text)}
        folders = [path for path in (DOCS / "results").iterdir() if path.is_dir()]
        self.assertEqual(sorted(rows), sorted(folder.name for folder in folders))
        for folder in folders:
            named = set(re.findall(r"\b[0-9a-f]{7}\b", rows[folder.name].split("|")[3]))
            self.assertEqual(named, commits(folder), folder.name)

    def test_figures_of_noise_floors_are_those_of_the_tables(self):
        import floor_figure

        figures = list((DOCS / "results").glob("*.svg"))
        self.assertGreater(len(figures), 3)
        for path in figures:
            self.assertEqual(path.read_text(), floor_figure.figure(floor_figure.read(path.with_suffix(""))), path.name)

    def test_findings_name_commits_of_the_folders_that_they_link(self):
        for paragraph in re.findall(r"\*\*Made by:\*\*(.*?)\n(?:\n|- )", (DOCS / "findings.md").read_text(), re.S):
            folders = re.findall(r"\(results/([\w.-]+)\)", paragraph)
            known = set().union(*(commits(DOCS / "results" / name) for name in folders if not name.endswith(".md")))
            self.assertLessEqual(set(re.findall(r"\b[0-9a-f]{7}\b", paragraph)), known, paragraph)


if __name__ == "__main__":
    unittest.main()
