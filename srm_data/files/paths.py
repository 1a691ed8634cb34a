"""Where everything lies: the files of the package, the folders beside it in a checkout, the learner's own."""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
DATA = PACKAGE / "data"
LOCALE = PACKAGE / "locale"
FONTS = PACKAGE / "fonts"
TEMPLATES = PACKAGE / "templates"
VENDOR = (
    PACKAGE / "vendor"
)  # other people's scripts, unchanged; its README says whose, and under which licence

#: The folder with ``kit.py``. It holds the two below; an installed package has none of them.
CHECKOUT = PACKAGE.parent
NOTEBOOKS = CHECKOUT / "notebooks"
FIGURES = CHECKOUT / "figures"


def work_folder() -> Path:
    """The learner's own folder: ``my_work`` beside kit.py, or in the current folder outside the kit.

    The environment variable ``SRM_WORK`` names another, for a shared machine or a test.
    """
    if named := os.environ.get("SRM_WORK"):
        return Path(named)
    return (CHECKOUT if (CHECKOUT / "kit.py").exists() else Path.cwd()) / "my_work"
