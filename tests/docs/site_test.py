#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the site of the documents, warnings being errors, and follows every link of its pages. Exit code 77 where MkDocs is
not installed."""

import html.parser
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            if name in ("href", "src") and value:
                self.links.append(value)


def broken_links(site):
    pages = {path: Page(path) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}
    for path, page in pages.items():
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                yield "{}: {} leads to no file".format(path.relative_to(site), link)
            elif parts.fragment and target in pages and parts.fragment not in pages[target].anchors:
                yield "{}: {} leads to no heading".format(path.relative_to(site), link)


def build(site):
    command = ["mkdocs", "build", "--strict", "--site-dir", str(site)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if built.returncode:
        sys.exit("".join(line + "\n" for line in built.stderr.splitlines() if "INFO" not in line and "  - " not in line[:4]))


def main():
    if not shutil.which("mkdocs"):
        print("site_test.py: MkDocs is not installed, so the site of the documents is not built (apt-get install mkdocs)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder).resolve()
        build(site)
        broken = sorted(set(broken_links(site)))
        count = len(list(site.rglob("*.html")))
    print("\n".join(broken) or "{} pages, every link leads somewhere".format(count))
    sys.exit(1 if broken or count < 100 else 0)


if __name__ == "__main__":
    main()
