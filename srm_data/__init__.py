"""Who is responsible for what in the cloud: responsibility matrices as data, pictures and lessons.

>>> import srm_data as srm
>>> srm.load_matrix("azure-2026", lang="en").loc["Operating system", "PaaS"]
'provider'

Nothing heavy is imported here: pandas comes with the first ``load_*`` call,
matplotlib with the first figure saved as PNG or PDF, and ipywidgets with the first widget.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srm_data.core.compare import compare, compare_matrices
    from srm_data.core.incidents import load_incidents
    from srm_data.core.language import use_folder_language, use_language
    from srm_data.core.load import list_matrices, load_cells, load_matrix
    from srm_data.core.services import load_baselines, load_services
    from srm_data.core.topics import compare_topic
    from srm_data.core.vocabulary import UnknownNameError
    from srm_data.learning.add_progress import add_progress
    from srm_data.learning.bets import bet
    from srm_data.learning.check_tables import check
    from srm_data.learning.claim import write_claim
    from srm_data.learning.class_results import class_results
    from srm_data.learning.hand_in import hand_in
    from srm_data.learning.incident_game import play_incidents
    from srm_data.learning.own_words import both_parts, both_sides, write_definition
    from srm_data.learning.practise import practise
    from srm_data.learning.progress import progress
    from srm_data.learning.questions import load_questions
    from srm_data.learning.sorting_exercises import order_ladder, place_services, sort_duties
    from srm_data.learning.vote import vote
    from srm_data.learning.vote_history import votes
    from srm_data.learning.wrong_cell import find_wrong_cell
    from srm_data.publishing.answer_key import answer_key
    from srm_data.readers.matrix_file import MatrixFileError, read_matrix
    from srm_data.views import sentences as words
    from srm_data.views.figures import draw as figures
    from srm_data.views.html import tables
    from srm_data.views.html.data_frames import show
    from srm_data.widgets.baseline_labs import lose_the_os, on_by_default, who_patches
    from srm_data.widgets.browse import browse
    from srm_data.widgets.explore import explore, explore_topics, what_if
    from srm_data.widgets.figure_picker import pick_figure
    from srm_data.workloads import figures as workload_figures
    from srm_data.workloads import html as workload_tables
    from srm_data.workloads import sentences as workload_words
    from srm_data.workloads.builder import build_workload
    from srm_data.workloads.compare_plans import compare_workloads, duty_list, responsibilities
    from srm_data.workloads.component import Component
    from srm_data.workloads.component_rows import WorkloadFileError
    from srm_data.workloads.duty_report import write_duties
    from srm_data.workloads.plan_file import read_plan
    from srm_data.workloads.resource_types import ResourceTypesError, load_resource_types
    from srm_data.workloads.scenarios import list_scenarios, load_scenario
    from srm_data.workloads.workload import Workload
    from srm_data.workloads.workload_file import read_workload, write_workload

__version__ = "0.1.0"

# Public name -> the module that holds it. No function may share its name with a room: importing the room
# would hide the function.
_HOME = {
    "answer_key": "publishing.answer_key",
    "list_matrices": "core.load",
    "load_matrix": "core.load",
    "load_cells": "core.load",
    "load_incidents": "core.incidents",
    "read_matrix": "readers.matrix_file",
    "MatrixFileError": "readers.matrix_file",
    "UnknownNameError": "core.vocabulary",
    "compare": "core.compare",
    "compare_matrices": "core.compare",
    "compare_topic": "core.topics",
    "use_language": "core.language",
    "use_folder_language": "core.language",
    "add_progress": "learning.add_progress",
    "bet": "learning.bets",
    "both_parts": "learning.own_words",
    "both_sides": "learning.own_words",
    "write_claim": "learning.claim",
    "write_definition": "learning.own_words",
    "check": "learning.check_tables",
    "class_results": "learning.class_results",
    "find_wrong_cell": "learning.wrong_cell",
    "hand_in": "learning.hand_in",
    "place_services": "learning.sorting_exercises",
    "progress": "learning.progress",
    "order_ladder": "learning.sorting_exercises",
    "show": "views.html.data_frames",
    "sort_duties": "learning.sorting_exercises",
    "load_questions": "learning.questions",
    "play_incidents": "learning.incident_game",
    "practise": "learning.practise",
    "vote": "learning.vote",
    "votes": "learning.vote_history",
    "load_services": "core.services",
    "load_baselines": "core.services",
    "pick_figure": "widgets.figure_picker",
    "explore": "widgets.explore",
    "explore_topics": "widgets.explore",
    "browse": "widgets.browse",
    "on_by_default": "widgets.baseline_labs",
    "who_patches": "widgets.baseline_labs",
    "lose_the_os": "widgets.baseline_labs",
    "what_if": "widgets.explore",
    "Component": "workloads.component",
    "Workload": "workloads.workload",
    "WorkloadFileError": "workloads.component_rows",
    "read_workload": "workloads.workload_file",
    "write_workload": "workloads.workload_file",
    "ResourceTypesError": "workloads.resource_types",
    "load_resource_types": "workloads.resource_types",
    "read_plan": "workloads.plan_file",
    "compare_workloads": "workloads.compare_plans",
    "duty_list": "workloads.compare_plans",
    "responsibilities": "workloads.compare_plans",
    "list_scenarios": "workloads.scenarios",
    "load_scenario": "workloads.scenarios",
    "write_duties": "workloads.duty_report",
    "build_workload": "workloads.builder",
}

# Public name -> the module that it stands for.
_MODULES = {
    "words": "views.sentences",
    "tables": "views.html.tables",
    "figures": "views.figures.draw",
    "workload_words": "workloads.sentences",
    "workload_tables": "workloads.html",
    "workload_figures": "workloads.figures",
}


__all__ = [
    "Component",
    "MatrixFileError",
    "ResourceTypesError",
    "UnknownNameError",
    "Workload",
    "WorkloadFileError",
    "add_progress",
    "answer_key",
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
    "practise",
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
    "vote",
    "votes",
    "what_if",
    "who_patches",
    "words",
    "workload_figures",
    "workload_tables",
    "workload_words",
    "write_claim",
    "write_definition",
    "write_duties",
    "write_workload",
]


def __getattr__(name: str) -> object:
    """Import the module behind a public name the first time it is asked for (PEP 562)."""
    module = _MODULES.get(name) or _HOME.get(name)
    if module is None:
        raise AttributeError(f"module 'srm_data' has no attribute {name!r}")
    from srm_data.core.extras import needing

    # What a learner touches needs all of `lab`, whichever package is found missing first.
    touched = module.startswith(("widgets.", "learning.", "publishing.")) or module == "workloads.builder"
    with needing("lab" if touched else ""):
        found = _import_module(f"srm_data.{module}")
    value = found if name in _MODULES else getattr(found, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
