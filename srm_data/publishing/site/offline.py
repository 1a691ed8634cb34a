"""What makes a site usable without a network: a worker that keeps its pages, and its name and icon."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from srm_data.core.language import texts
from srm_data.publishing.site.icons import icon_png, icon_svg
from srm_data.views.html import tables
from srm_data.views.palette import THEMES

#: Sizes of the icon in pixels: for a browser's tab, and two that an installed site asks for.
SIZES = (32, 192, 512)

#: Kinds of files that the worker keeps from the beginning.
_KEPT = (".html", ".css", ".js", ".ttf", ".webmanifest")
#: Folders in which nothing is kept: they hold what is downloaded.
_DOWNLOADS = ("data", "teachers")


def write_icons(folder: Path) -> None:
    """Write the icon of the site into ``<folder>/assets``."""
    (folder / "assets" / "icon.svg").write_text(icon_svg(), "utf-8", newline="\n")
    for size in SIZES:
        (folder / "assets" / f"icon-{size}.png").write_bytes(icon_png(size))


def web_manifest(lang: str) -> str:
    """What a browser has to know to install the site; addresses in it begin at the folder of the site."""
    words = texts(lang)["site"]
    ground = THEMES["light"].ground
    icons = [
        {"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in SIZES[1:]
    ]
    told = {
        "name": words["title"],
        "short_name": words["short_title"],
        "description": words["lead"],
        "lang": lang,
        "start_url": f"{lang}/index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": ground,
        "theme_color": ground,
        "icons": [*icons, {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def service_worker(folder: Path, lang: str) -> str:
    """The worker for the files that a site has by now.

    Args:
        folder: of the site, complete but for the worker.
        lang: any; the worker says nothing.
    """
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix in _KEPT)
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    files = [name for name in names if name.partition("/")[0] not in _DOWNLOADS]
    made_of = hashlib.sha256()
    for name in files:
        made_of.update(f"{name}\0".encode() + hashlib.sha256((folder / name).read_bytes()).digest())
    text = tables.fill("site/service_worker.js", lang, number=made_of.hexdigest()[:16], files=files)
    return f"{text}\n"
