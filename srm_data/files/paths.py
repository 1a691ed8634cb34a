"""Where everything lies: the files of the package, the folders beside it in a checkout, the learner's own."""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
DATA = PACKAGE / "data"
LOCALE = PACKAGE / "locale"
FONTS = PACKAGE / "fonts"
#: The same typeface cut down: what matplotlib draws with, and what an SVG carries.
FIGURE_FONTS = PACKAGE / "figure_fonts"
TEMPLATES = PACKAGE / "templates"
VENDOR = (
    PACKAGE / "vendor"
)  # other people's scripts, unchanged; its README says whose, and under which licence

#: The folder with ``kit.py``; of an installed package the folder with all packages.
CHECKOUT = PACKAGE.parent


def in_checkout() -> bool:
    """Whether the package lies beside ``kit.py``; else it was installed by itself, from a wheel."""
    return (CHECKOUT / "kit.py").exists()


#: The lessons; a wheel has them inside the package.
NOTEBOOKS = (CHECKOUT if in_checkout() else PACKAGE) / "notebooks"
#: The figures that were drawn before; an installed package has none.
FIGURES = CHECKOUT / "figures"
#: The folder with ``LICENSE`` and ``DATA-LICENCES.md``; pip puts those of a wheel beside the package.
LICENCES = (
    CHECKOUT
    if in_checkout()
    else next(CHECKOUT.glob("srm_data-*.dist-info"), CHECKOUT / "srm_data.dist-info") / "licenses"
)


def work_folder() -> Path:
    """The learner's own folder: ``my_work`` beside kit.py, or in the current folder outside the kit.

    The environment variable ``SRM_WORK`` names another, for a shared machine or a test.
    """
    if named := os.environ.get("SRM_WORK"):
        return Path(named)
    return (CHECKOUT if in_checkout() else Path.cwd()) / "my_work"


def work_copy() -> Path | None:
    """Where a second copy of the learner's answers is kept; None where there is no such place.

    On a server for a class the environment variable ``SRM_WORK_COPY`` names a folder that JupyterLab does
    not show, so that a learner who clears away files keeps the answers.
    """
    named = os.environ.get("SRM_WORK_COPY")
    return Path(named) if named else None
