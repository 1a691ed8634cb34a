"""Who answers for what in the cloud: responsibility matrices as data, pictures and lessons.

>>> import srm_data as srm
>>> srm.load_matrix("azure-2026", lang="en").loc["Operating system", "PaaS"]
'provider'

Nothing heavy is imported here: pandas comes with the first ``load_*`` call,
matplotlib with the first figure and ipywidgets with the first widget.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srm_data import figures, tables, words
    from srm_data.bets import bet
    from srm_data.classroom import class_results
    from srm_data.comparison import compare, compare_matrices
    from srm_data.exercises import both_parts, check, find_wrong_cell, order_ladder, sort_duties
    from srm_data.handin import hand_in
    from srm_data.incidents import load_incidents
    from srm_data.language import use_folder_language, use_language
    from srm_data.loaders import list_matrices, load_cells, load_matrix
    from srm_data.questions import load_questions
    from srm_data.reading import MatrixFileError, read_matrix
    from srm_data.services import load_baselines, load_services
    from srm_data.standing import progress
    from srm_data.topics import compare_topic
    from srm_data.vocabulary import UnknownNameError
    from srm_data.widgets import explore, what_if

__version__ = "0.1.0"

# Public name -> the module that holds it; a name that is its own home is the module itself.
# No function may share its name with a module: importing the module would hide the function.
_HOME = {
    "list_matrices": "loaders",
    "load_matrix": "loaders",
    "load_cells": "loaders",
    "load_incidents": "incidents",
    "read_matrix": "reading",
    "MatrixFileError": "reading",
    "UnknownNameError": "vocabulary",
    "compare": "comparison",
    "compare_matrices": "comparison",
    "compare_topic": "topics",
    "use_language": "language",
    "use_folder_language": "language",
    "words": "words",
    "tables": "tables",
    "figures": "figures",
    "bet": "bets",
    "both_parts": "exercises",
    "check": "exercises",
    "class_results": "classroom",
    "find_wrong_cell": "exercises",
    "hand_in": "handin",
    "progress": "standing",
    "order_ladder": "exercises",
    "sort_duties": "exercises",
    "load_questions": "questions",
    "load_services": "services",
    "load_baselines": "services",
    "explore": "widgets",
    "what_if": "widgets",
}

__all__ = [
    "MatrixFileError",
    "UnknownNameError",
    "bet",
    "both_parts",
    "check",
    "class_results",
    "compare",
    "compare_matrices",
    "compare_topic",
    "explore",
    "figures",
    "find_wrong_cell",
    "hand_in",
    "list_matrices",
    "load_baselines",
    "load_cells",
    "load_incidents",
    "load_matrix",
    "load_questions",
    "load_services",
    "order_ladder",
    "progress",
    "read_matrix",
    "sort_duties",
    "tables",
    "use_folder_language",
    "use_language",
    "what_if",
    "words",
]


def __getattr__(name: str) -> object:
    """Import the module behind a public name the first time it is asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'srm_data' has no attribute {name!r}")
    home = _HOME[name]
    module = _import_module(f"srm_data.{home}")
    value = module if name == home else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
