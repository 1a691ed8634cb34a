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
    from srm_data import figures, tables, words, workload_figures, workload_tables, workload_words
    from srm_data.bets import bet
    from srm_data.browsing import browse
    from srm_data.classroom import class_results
    from srm_data.comparison import compare, compare_matrices
    from srm_data.data_frames import show
    from srm_data.duty_files import write_duties
    from srm_data.exercises import (
        both_parts,
        both_sides,
        check,
        find_wrong_cell,
        order_ladder,
        place_services,
        sort_duties,
    )
    from srm_data.figure_picker import pick_figure
    from srm_data.handin import hand_in
    from srm_data.incidents import load_incidents
    from srm_data.infrastructure import ResourceTypesError, load_resource_types, read_plan
    from srm_data.labs import lose_the_os, on_by_default, who_patches
    from srm_data.language import use_folder_language, use_language
    from srm_data.loaders import list_matrices, load_cells, load_matrix
    from srm_data.plans import compare_workloads, duty_list, responsibilities
    from srm_data.play import play_incidents
    from srm_data.questions import load_questions
    from srm_data.reading import MatrixFileError, read_matrix
    from srm_data.scenarios import list_scenarios, load_scenario
    from srm_data.services import load_baselines, load_services
    from srm_data.standing import progress
    from srm_data.topics import compare_topic
    from srm_data.vocabulary import UnknownNameError
    from srm_data.widgets import explore, explore_topics, what_if
    from srm_data.workload import Component, Workload
    from srm_data.workload_builder import build_workload
    from srm_data.workload_files import WorkloadFileError, read_workload, write_workload

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
    "both_sides": "exercises",
    "check": "exercises",
    "class_results": "classroom",
    "find_wrong_cell": "exercises",
    "hand_in": "handin",
    "place_services": "exercises",
    "progress": "standing",
    "order_ladder": "exercises",
    "show": "data_frames",
    "sort_duties": "exercises",
    "load_questions": "questions",
    "play_incidents": "play",
    "load_services": "services",
    "load_baselines": "services",
    "pick_figure": "figure_picker",
    "explore": "widgets",
    "explore_topics": "widgets",
    "browse": "browsing",
    "on_by_default": "labs",
    "who_patches": "labs",
    "lose_the_os": "labs",
    "what_if": "widgets",
    "Component": "workload",
    "Workload": "workload",
    "WorkloadFileError": "workload_files",
    "read_workload": "workload_files",
    "write_workload": "workload_files",
    "ResourceTypesError": "infrastructure",
    "load_resource_types": "infrastructure",
    "read_plan": "infrastructure",
    "compare_workloads": "plans",
    "duty_list": "plans",
    "responsibilities": "plans",
    "list_scenarios": "scenarios",
    "load_scenario": "scenarios",
    "write_duties": "duty_files",
    "build_workload": "workload_builder",
    "workload_words": "workload_words",
    "workload_tables": "workload_tables",
    "workload_figures": "workload_figures",
}

__all__ = [
    "Component",
    "MatrixFileError",
    "ResourceTypesError",
    "UnknownNameError",
    "Workload",
    "WorkloadFileError",
    "bet",
    "both_parts",
    "both_sides",
    "browse",
    "build_workload",
    "check",
    "class_results",
    "compare",
    "compare_matrices",
    "compare_topic",
    "compare_workloads",
    "duty_list",
    "explore",
    "explore_topics",
    "figures",
    "find_wrong_cell",
    "hand_in",
    "list_matrices",
    "list_scenarios",
    "load_baselines",
    "load_cells",
    "load_incidents",
    "load_matrix",
    "load_questions",
    "load_resource_types",
    "load_scenario",
    "load_services",
    "lose_the_os",
    "on_by_default",
    "order_ladder",
    "pick_figure",
    "place_services",
    "play_incidents",
    "progress",
    "read_matrix",
    "read_plan",
    "read_workload",
    "responsibilities",
    "show",
    "sort_duties",
    "tables",
    "use_folder_language",
    "use_language",
    "what_if",
    "who_patches",
    "words",
    "workload_figures",
    "workload_tables",
    "workload_words",
    "write_duties",
    "write_workload",
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
