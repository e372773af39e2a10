"""A department's site on MkDocs with Material: static pages, and a search that only script serves."""

import subprocess
import sys
from pathlib import Path

from tests.engines.pages import NAME, SECTIONS, Section, text_of

CONFIG = """site_name: {name}
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: [zh]
      separator: '[\\s\\u200b\\-]'
nav:
{nav}
"""


def build(folder: Path) -> Path:
    """Write the sources, build them, and return the folder of the built site."""
    docs = folder / "docs"
    rows: list[str] = ["  - 首页: index.md"]
    links: list[str] = []
    for section in SECTIONS:
        _write(docs / section.slug / "index.md", _column(section))
        rows.append(f"  - {section.title}: {section.slug}/index.md")
        links.append(f"- [{section.title}]({section.slug}/index.md)")
        for paper in section.papers:
            text = f"# {paper.title}\n\n发布时间：{paper.day}\n\n{text_of(paper)}\n"
            _write(docs / section.slug / f"{paper.slug}.md", text)
    _write(docs / "index.md", f"# {NAME}\n\n" + "\n".join(links) + "\n")
    config = folder / "mkdocs.yml"
    _write(config, CONFIG.format(name=NAME, nav="\n".join(rows)))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "site"


def _column(section: Section) -> str:
    rows = "\n".join(f"- [{p.title}]({p.slug}.md) {p.day}" for p in section.papers)
    return f"# {section.title}\n\n{rows}\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
