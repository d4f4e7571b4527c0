# SPDX-License-Identifier: MIT
"""What mkdocs.yml needs beside MkDocs. Documents lie in docs and outside of it, and link to files of the source as one reads
them on a code host. On the site every such link leads to a page: a document, a file of the source, or a list of a folder."""

import logging
import os
import pathlib
import re

from mkdocs.structure.files import File

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
OUTSIDE = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "theory/notation.md"]  # documents that do not lie in docs
LINK = re.compile(r"(\]\()([^)\s#]+)((?:#[^)\s]*)?\))")
log = logging.getLogger("mkdocs.site_hooks")


def is_outside(link):
    return re.match(r"[a-z]+:", link) is not None


def files_below(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def uri_of(target):
    """Where a file or folder of the source tree lies among the site's sources."""
    path = target.relative_to(ROOT).as_posix()
    if path in OUTSIDE:
        return path
    for index in ("README.md", "index.md"):
        if (target / index).is_file() and DOCS in target.parents:
            return (target / index).relative_to(DOCS).as_posix()
    if target.is_file() and DOCS in target.parents:
        return target.relative_to(DOCS).as_posix()
    return "source/" + path + ("/index.md" if target.is_dir() else ".md")


def outside_of_fences(markdown, change):
    parts = re.split(r"(^```.*?^```$)", markdown, flags=re.M | re.S)
    return "".join(part if part.startswith("```") else change(part) for part in parts)


def targets_of(document):
    text = re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.M | re.S)
    links = [match.group(2) for match in LINK.finditer(text)]
    return {(document.parent / link).resolve() for link in links if not is_outside(link)}


def linked_from(documents):
    """What documents link to; of a folder without a page of its own all that it holds, as the site lists it."""
    linked = {target for document in documents for target in targets_of(document) if target.exists()}
    lists = [target for target in linked if target.is_dir() and uri_of(target).startswith("source/")]
    return linked | {path for folder in lists for path in files_below(folder)}


def pages_of(nav):
    if isinstance(nav, str):
        return [nav]
    return [page for item in (nav.values() if isinstance(nav, dict) else nav) for page in pages_of(item)]


def with_folders(nav, pages, named):
    """The navigation, in which the pages of a folder stand in place of its name."""
    if isinstance(nav, dict):
        return {title: with_folders(item, pages, named) for title, item in nav.items()}
    if isinstance(nav, str):
        return nav
    whole = []
    for item in nav:
        if isinstance(item, str) and item.endswith("/"):
            whole += [page for page in pages if page.startswith(item) and page not in named]
        else:
            whole.append(with_folders(item, pages, named))
    return whole


def on_files(files, config):
    for page in OUTSIDE:
        files.append(File(page, str(ROOT), config.site_dir, False))
    documents = {file.src_uri: pathlib.Path(file.abs_src_path) for file in files.documentation_pages()}
    config.nav = with_folders(config.nav, sorted(documents), set(pages_of(config.nav)))
    linked = linked_from(documents.values())
    tables = {uri_of(target) for target in linked if DOCS / "results" in target.parents}
    for page in documents.keys() - set(pages_of(config.nav)) - tables:
        log.warning("%s has no place in the navigation of mkdocs.yml", page)
    for target in sorted(target for target in linked if uri_of(target).startswith("source/")):
        file = File(uri_of(target), str(ROOT), config.site_dir, False)
        file.abs_src_path = str(target)
        files.append(file)
    return files


def on_page_read_source(page, config):
    """Of a page made of a file or folder of the source."""
    path = pathlib.Path(page.file.abs_src_path)
    if not page.file.src_uri.startswith("source/"):
        return None
    head = "# " + path.relative_to(ROOT).as_posix() + "\n\n"
    if path.is_file():
        return head + "".join("    " + line + "\n" for line in path.read_text(errors="replace").splitlines())
    names = [file.relative_to(path).as_posix() for file in files_below(path)]
    return head + "".join("- [{0}]({0})\n".format(name) for name in names)


def on_page_markdown(markdown, page, config, files):
    path = pathlib.Path(page.file.abs_src_path)
    if page.file.src_uri.startswith("source/") and path.is_file():
        return markdown
    base = path if path.is_dir() else path.parent
    here = os.path.dirname(page.file.src_uri)

    def relinked(match):
        target = (base / match.group(2)).resolve()
        if is_outside(match.group(2)) or not target.exists():
            return match.group(0)
        return match.group(1) + os.path.relpath(uri_of(target), here) + match.group(3)

    return outside_of_fences(markdown, lambda text: LINK.sub(relinked, text))


def with_scripts_that_exist(html, config):
    """Debian's MkDocs names jQuery otherwise than its pages do, and has not all scripts for which they ask."""

    def mended(match):
        folders = [pathlib.Path(folder) / "js" for folder in config.theme.dirs]
        if any((folder / match.group(2)).is_file() for folder in folders):
            return match.group(0)
        same = [path.name for folder in folders for path in folder.glob(match.group(2).split("-")[0] + "-*.js")]
        return match.group(0).replace(match.group(2), same[0]) if same else ""

    return re.sub(r'<script src="([^":]*\bjs/)([^"/]+)"[^>]*></script>', mended, html)


def on_post_page(output, page, config):
    return with_scripts_that_exist(output, config)


def on_post_template(output_content, template_name, config):
    return with_scripts_that_exist(output_content, config)
