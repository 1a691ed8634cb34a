"""The packages beyond pandas: which extra brings each, and one sentence where it is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from srm_data.files.paths import CHECKOUT, in_checkout

#: Each package that is imported somewhere -> the smallest extra in pyproject.toml that brings it.
EXTRA_OF = {
    "PIL": "figures",
    "matplotlib": "figures",
    "numpy": "figures",
    "pypdf": "figures",
    "tqdm": "figures",
    "traitlets": "lab",
    "yaml": "workloads",
    "anywidget": "lab",
    "filelock": "lab",
    "ipywidgets": "lab",
    "jinja2": "lab",
    "jupyter_core": "lab",
    "jupyter_server": "lab",
    "jupyterlab": "lab",
    "markupsafe": "lab",
    "typst": "lab",
    "xlsxwriter": "lab",
    "jupyter_client": "publish",
    "lxml": "publish",
    "mistune": "publish",
    "nbclient": "publish",
    "nbconvert": "publish",
    "nbformat": "publish",
    "pptx": "publish",
    "pygments": "publish",
}


class MissingExtraError(ModuleNotFoundError):
    """A part of the kit needs a package that is not installed; the message says how to install it."""


@contextmanager
def needing(extra: str = "", lang: str | None = None) -> Iterator[None]:
    """Say inside a ``with`` what to install, when an import there finds a package missing.

    Args:
        extra: what brings everything that is needed there; the one of the missing package when left out.
        lang: "en" or "nl", the language of the message; the language in use when left out.

    Raises:
        MissingExtraError: instead of the ``ModuleNotFoundError`` of a package in `EXTRA_OF`.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in EXTRA_OF:
            raise
        from srm_data.core.language import resolve_language, texts

        # A checkout is named by its folder: pip would look for the bare name on the internet.
        what = CHECKOUT if in_checkout() else "srm_data"
        said = texts(resolve_language(lang))["error"]["missing_extra"]
        told = said.format(package=package, what=f"{what}[{extra or EXTRA_OF[package]}]")
        raise MissingExtraError(told, name=error.name) from None
