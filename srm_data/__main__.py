"""The command line: ``python -m srm_data`` with ``figures``, ``slides``, ``questions`` or ``doctor``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.vocabulary import LANGUAGES, UnknownNameError

if TYPE_CHECKING:
    from srm_data.canvas import Picture

#: What is drawn when no matrix is named: the set that is committed in ``figures/``.
DEFAULT_MATRICES = ("azure-2026", "azure-classic")


def figure_set(matrix: str, lang: str, theme: str = "light") -> Iterator[tuple[str, Callable[[], Picture]]]:
    """Every figure of one matrix: its file name without ending, and the call that draws it.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    from srm_data import figures
    from srm_data.loaders import shipped_matrix

    m = shipped_matrix(matrix, lang)
    dark = "" if theme == "light" else f"-{theme}"

    def named(name: str, draw: Callable[..., Picture], *columns: str) -> tuple[str, Callable[[], Picture]]:
        return f"{matrix}-{name}{dark}", partial(draw, matrix, *columns, lang=lang, theme=theme)

    yield named("matrix", figures.matrix)
    yield named("split", figures.split)
    if len(m.columns) > 1:
        for column in m.columns:
            yield named(f"model-{column.id}", figures.model, column.id)
    for before, after in combinations(m.columns, 2):
        yield named(f"what-if-{before.id}-to-{after.id}", figures.what_if, before.id, after.id)


def draw_figures(args: argparse.Namespace) -> int:
    """Draw the figures asked for into ``<out>/<lang>/<matrix>-<figure>.<format>``."""
    from tqdm import tqdm

    jobs = [
        (Path(args.out) / lang / name, draw)
        for matrix in args.matrix
        for lang in args.lang
        for theme in args.theme
        for name, draw in figure_set(matrix, lang, theme)
    ]
    with tqdm(total=len(jobs) * len(args.format), unit="file", disable=None) as bar:
        for path, draw in jobs:
            picture = draw()
            for kind in args.format:
                bar.set_description(path.name)
                picture.write(path.with_name(f"{path.name}.{kind}"))
                bar.update()
    print(f"{len(jobs) * len(args.format)} files in {Path(args.out).resolve()}")
    return 0


def make_slides(args: argparse.Namespace) -> int:
    """Make the slides of lessons: ``<out>/<lang>/<lesson>.pptx``."""
    from tqdm import tqdm

    from srm_data import deck, powerpoint

    writers = {"pptx": powerpoint.write}
    asked = [(lang, path.stem) for lang in args.lang for path in deck.chosen(args.lesson, lang)]
    jobs = [(lang, lesson, theme) for lang, lesson in asked for theme in args.theme]
    with tqdm(total=len(jobs) * len(args.format), unit="deck", disable=None) as bar:
        for lang, lesson, theme in jobs:
            made = deck.build(lesson, lang, theme)
            name = lesson if theme == "light" else f"{lesson}-{theme}"
            for kind in args.format:
                bar.set_description(f"{lang}/{name}")
                writers[kind](made, Path(args.out) / lang / f"{name}.{kind}")
                bar.update()
    print(f"{len(jobs) * len(args.format)} decks in {Path(args.out).resolve()}")
    return 0


def write_glossary(args: argparse.Namespace) -> int:
    """Write ``<out>/glossary_<lang>.ipynb`` for each language."""
    from srm_data.files import write_whole
    from srm_data.glossary import glossary_notebook

    for lang in LANGUAGES:
        print(write_whole(Path(args.out) / f"glossary_{lang}.ipynb", glossary_notebook(lang).encode()))
    return 0


def export_questions(args: argparse.Namespace) -> int:
    """Write the question bank for learning platforms, paper and the teacher."""
    from srm_data.exports import write_exports

    made = write_exports(Path(args.out), args.lesson, args.lang, args.format)
    print(f"{len(made)} files in {Path(args.out).resolve()}")
    return 0


def see_doctor(args: argparse.Namespace) -> int:
    """Say what is wrong with this installation and how to mend it."""
    from srm_data import doctor

    return doctor.run(lang=args.lang)


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all went well, 1 when it did not, 2 for a wrong call."""
    from srm_data.palette import THEMES

    parser = argparse.ArgumentParser(prog="python -m srm_data", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    drawing = commands.add_parser("figures", help="draw the slide figures as files")
    drawing.add_argument(
        "--matrix", nargs="+", default=DEFAULT_MATRICES, metavar="ID", help="default: %(default)s"
    )
    drawing.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    drawing.add_argument("--theme", nargs="+", default=["light"], choices=list(THEMES), help="default: light")
    drawing.add_argument(
        "--format",
        nargs="+",
        default=["svg", "png", "pdf"],
        choices=["svg", "png", "pdf"],
        help="default: all",
    )
    drawing.add_argument("--out", default="figures", metavar="DIR", help="default: %(default)s")
    drawing.set_defaults(run=draw_figures)

    showing = commands.add_parser("slides", help="make slides from the lessons")
    showing.add_argument("--lesson", nargs="+", metavar="N", help="such as 03; default: all")
    showing.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    showing.add_argument(
        "--theme", nargs="+", default=["light"], choices=["light", "dark"], help="default: light"
    )
    showing.add_argument("--format", nargs="+", default=["pptx"], choices=["pptx"], help="default: all")
    showing.add_argument("--out", default="slides", metavar="DIR", help="default: %(default)s")
    showing.set_defaults(run=make_slides)

    glossary = commands.add_parser("glossary", help="write the glossary notebooks from the data")
    glossary.add_argument("--out", default="notebooks", metavar="DIR", help="default: %(default)s")
    glossary.set_defaults(run=write_glossary)

    asking = commands.add_parser("questions", help="write the question bank for Moodle, Canvas and paper")
    asking.add_argument("--lesson", nargs="+", type=int, metavar="N", help="default: all")
    asking.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    asking.add_argument(
        "--format",
        nargs="+",
        default=["moodle", "gift", "qti", "sheet", "key"],
        choices=["moodle", "gift", "qti", "sheet", "key"],
        help="default: all",
    )
    asking.add_argument("--out", default="exports", metavar="DIR", help="default: %(default)s")
    asking.set_defaults(run=export_questions)

    checking = commands.add_parser("doctor", help="say what is wrong and how to mend it")
    checking.add_argument("--lang", default="en", choices=LANGUAGES)
    checking.set_defaults(run=see_doctor)

    args = parser.parse_args(argv)
    try:
        code: int = args.run(args)
    except UnknownNameError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        # Which file it was says little: some have names of the moment.
        print(
            f"Cannot write in {Path(getattr(args, 'out', '.')).resolve()}: {error.strerror}.", file=sys.stderr
        )
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
