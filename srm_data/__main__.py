"""The command line: ``python -m srm_data`` and a word; ``--help`` lists the words there are."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.vocabulary import LANGUAGES, UnknownNameError

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike

#: What the question bank is written as; each is a format of `publishing.questions.formats`.
QUESTION_FORMATS = ("moodle", "gift", "qti", "cartridge", "brightspace", "sheet", "key")


def draw_figures(args: argparse.Namespace) -> int:
    """Draw the figures asked for into ``<out>/<lang>/<matrix>-<figure>.<format>``."""
    from tqdm import tqdm

    from srm_data.files.write_whole import tidy_record
    from srm_data.views.figures import catalogue as sets

    kinds = args.figure or sets.KINDS
    sets.check_kinds(kinds)
    jobs: list[tuple[Path, sets.Job]] = []
    told: list[str] = []
    parties = dict(args.party)
    for lang in args.lang:
        matrices = [_own_or_shipped(one, lang, parties) for one in args.matrix or [sets.DEFAULT_MATRIX]]
        found = [
            job
            for theme in args.theme
            for size in args.size
            for matrix in matrices
            for job in sets.figure_set(matrix, lang, theme, size)
            if job.kind in kinds
        ]
        for matrix in matrices if args.figure else ():
            there = {job.kind for job in sets.figure_set(matrix, lang)}
            told += [sets.why_none(matrix, kind, lang) for kind in args.figure if kind not in there]
        if _nothing_asked(args):
            found = list(sets.default_set(lang))
        elif args.steps:
            found = [step for job in found for step in sets.steps(job)]
        elif args.blank:
            found = [sets.blank(job) for job in found]
        jobs += [(Path(args.out) / lang, job) for job in found]
    for line in told:
        print(line, file=sys.stderr)
    if told and not jobs:
        return 1
    made: list[Path] = []
    with tqdm(total=len(jobs) * len(args.format), unit="file", disable=None) as bar:
        for path in sets.write_figures(jobs, args.format):
            bar.set_description(path.name)
            bar.update()
            made.append(path)
    for folder in {folder for folder, _ in jobs}:
        tidy_record(folder)
    asked = {folder / f"{job.name}.{kind}" for folder, job in jobs for kind in args.format}
    beside = [path for path in made if path not in asked]  # "name-2.svg" beside somebody's "name.svg"
    kept = [path.with_stem(path.stem.rpartition("-")[0]) for path in beside]
    _tell_kept(kept, beside, args.lang[0])
    print(f"{len(made)} files in {Path(args.out).resolve()}")
    return 0


def _own_or_shipped(matrix: str, lang: str, parties: dict[str, str]) -> MatrixLike:
    """The matrix that a word on the command line means: an id, or a CSV file.

    A folder that has the name of a matrix is not meant.
    """
    from srm_data.readers.matrix_file import read_matrix

    is_file = Path(matrix).suffix != "" or Path(matrix).is_file()
    return read_matrix(matrix, lang, parties) if is_file else matrix


def _tell_kept(asked: list[Path], made: list[Path], lang: str) -> None:
    """Say which files stayed as they were, since somebody changed them."""
    from srm_data.core.language import kept_lines

    for line in kept_lines(asked, made, lang):
        print(line)


def _meaning(word: str) -> tuple[str, str]:
    """What a name means in a table, as NAME=PARTY on the command line: the name and the party.

    Raises:
        argparse.ArgumentTypeError: for a word without one of the two.
    """
    name, _, party = word.rpartition("=")
    if not (name and party):
        raise argparse.ArgumentTypeError(f"{word!r} is not NAME=PARTY, such as IBM=provider")
    return name, party


def make_slides(args: argparse.Namespace) -> int:
    """Make the slides of lessons: ``<out>/<lang>/<lesson>.pptx`` and ``.html``."""
    from tqdm import tqdm

    from srm_data.core.language import texts
    from srm_data.publishing.slides import deck, find_lessons, powerpoint, reveal, theme

    template = Path(args.template or theme.TEMPLATE)
    try:
        theme.check_template(template, args.lang[0])
    except theme.TemplateError as error:
        print(error, file=sys.stderr)
        return 1
    in_design = partial(powerpoint.write, template=template)
    writers: dict[str, tuple[str, Any]] = {"reveal": ("html", reveal.write), "pptx": ("pptx", in_design)}
    asked = [(lang, one) for lang in args.lang for one in find_lessons.chosen(args.lesson, lang)]
    count = len(asked) * len(args.theme) * len(args.format)
    wanted: list[Path] = []
    written: list[Path] = []
    with tqdm(total=count, unit="deck", disable=None) as bar:
        try:
            for made in (made for theme in args.theme for made in deck.build_all(asked, theme)):
                name = made.name if made.theme == "light" else f"{made.name}-{made.theme}"
                for kind in args.format:
                    bar.set_description(f"{made.lang}/{name}")
                    ending, write = writers[kind]
                    wanted.append(Path(args.out) / made.lang / f"{name}.{ending}")
                    written.append(write(made, wanted[-1]))
                    bar.update()
        except deck.LessonError as error:
            bar.close()
            words = texts(args.lang[0])["slides"]
            print(words[error.said].format(lesson=error.lesson, reason=error), file=sys.stderr)
            return 1
    _tell_kept(wanted, written, args.lang[0])
    print(f"{count} {'deck' if count == 1 else 'decks'} in {Path(args.out).resolve()}")
    return 0


def _nothing_asked(args: argparse.Namespace) -> bool:
    """Whether the set in ``figures/`` is meant: no figure, look or step was named."""
    looks = args.theme, args.size
    return not (args.matrix or args.figure or args.blank or args.steps) and looks == (["light"], ["16:9"])


def write_glossary(args: argparse.Namespace) -> int:
    """Write ``<out>/glossary_<lang>.ipynb`` for each language."""
    from srm_data.files.write_whole import write_own
    from srm_data.publishing.glossary import glossary_notebook

    for lang in LANGUAGES:
        file = Path(args.out) / f"glossary_{lang}.ipynb"
        made = write_own(file, glossary_notebook(lang).encode())
        _tell_kept([file], [made], lang)
        print(made)
    return 0


def write_start_page(args: argparse.Namespace) -> int:
    """Write ``<out>/start.ipynb``."""
    from srm_data.files.write_whole import write_own
    from srm_data.publishing.start_page import start_notebook

    file = Path(args.out) / "start.ipynb"
    made = write_own(file, start_notebook().encode())
    _tell_kept([file], [made], LANGUAGES[0])
    print(made)
    return 0


def export_questions(args: argparse.Namespace) -> int:
    """Write the question bank for learning platforms, paper and the teacher."""
    from srm_data.publishing.questions.formats import FORMATS, write_exports

    made = write_exports(Path(args.out), args.lesson, args.lang, args.format)
    kinds = [FORMATS[kind][0] for _ in args.lang for kind in args.format]
    langs = [lang for lang in args.lang for _ in args.format]
    wanted = [Path(args.out) / f"questions-{lang}{kind}" for lang, kind in zip(langs, kinds, strict=True)]
    _tell_kept(wanted, made, args.lang[0])
    print(f"{len(made)} files in {Path(args.out).resolve()}")
    return 0


def tell_bank(args: argparse.Namespace) -> int:
    """Say what the question bank holds, how its keys are spread, and what would give an answer away."""
    from srm_data.learning.bank_report import report
    from srm_data.publishing.asked_questions import asked_anywhere

    for line in report(args.lang, asked_anywhere()):
        print(line)
    return 0


def write_worksheets(args: argparse.Namespace) -> int:
    """Write the worksheet of each lesson and its answers, in each language."""
    from srm_data.publishing.paper import worksheets

    made = worksheets.write_worksheets(Path(args.out), args.lesson, args.lang)
    return _tell_written(made, args)


def write_cards(args: argparse.Namespace) -> int:
    """Write the cards of the incidents as PDF, and cards for Anki, in each language."""
    from srm_data.core.language import texts
    from srm_data.publishing.paper import cards

    code = _tell_written(cards.write_cards(Path(args.out), args.lang), args)
    print(texts(args.lang[0])["cards"]["duplex"])
    return code


def _tell_written(made: list[tuple[Path, Path]], args: argparse.Namespace) -> int:
    """Say how many files there are, and which kept somebody's work."""
    _tell_kept([wanted for wanted, _ in made], [got for _, got in made], args.lang[0])
    print(f"{len(made)} files in {Path(args.out).resolve()}")
    return 0


def write_site(args: argparse.Namespace) -> int:
    """Write the lessons, figures and data as a folder of pages that need no kernel and no network."""
    from tqdm import tqdm

    from srm_data.core.language import texts
    from srm_data.publishing.release import build_full_site
    from srm_data.publishing.site.build import build_site
    from srm_data.publishing.site.folder import SiteError

    with tqdm(unit="step", disable=None) as bar:

        def tell(step: str, steps: int) -> None:
            bar.total = steps or bar.total
            bar.set_description(step)
            bar.update()

        try:
            build = build_full_site if args.teachers else build_site
            made = build(Path(args.out), args.lang, pdf=args.pdf, tell=tell)
        except SiteError as error:
            bar.close()
            print(error, file=sys.stderr)
            return 1
    words = texts(args.lang[0])["site"]
    print(words["made"].format(n=len(made), folder=Path(args.out).resolve()))
    return 0


def write_release(args: argparse.Namespace) -> int:
    """Write site, files for teachers, figures, data and licences as one ZIP, and say how large it became."""
    from tqdm import tqdm

    from srm_data.core.language import texts
    from srm_data.publishing import release
    from srm_data.publishing.site.folder import SiteError

    with tqdm(unit="step", disable=None) as bar:

        def tell(step: str) -> None:
            bar.set_description(step)
            bar.update()

        try:
            made = release.write_release(Path(args.out), args.lang, tell=tell)
        except SiteError as error:
            bar.close()
            print(error, file=sys.stderr)
            return 1
    _tell_kept([made.wanted], [made.path], args.lang[0])
    for line in made.lines(args.lang[0]):
        print(line)
    print()
    print(texts(args.lang[0])["release"]["made"].format(file=made.path.resolve()))
    return 0


def write_scorm(args: argparse.Namespace) -> int:
    """Write the course, or lessons, as SCORM 1.2 packages for a learning platform."""
    from tqdm import tqdm

    from srm_data.core.language import texts
    from srm_data.publishing.site.folder import SiteError
    from srm_data.publishing.site.scorm.package import packages, write_packages

    wanted = packages(args.lesson, args.lang)
    pairs: list[tuple[Path, Path]] = []
    with tqdm(unit="step", disable=None) as bar:

        def tell(step: str, _: int) -> None:
            bar.set_description(step)
            bar.update()

        try:
            pairs += write_packages(Path(args.out), wanted, tell)
        except SiteError as error:
            bar.close()
            print(error, file=sys.stderr)
            return 1
    _tell_kept([target for target, _ in pairs], [made for _, made in pairs], args.lang[0])
    words = texts(args.lang[0])["scorm"]
    said = words["made_one" if len(pairs) == 1 else "made"]
    print(said.format(n=len(pairs), folder=Path(args.out).resolve()))
    return 0


def write_question_numbers(args: argparse.Namespace) -> int:
    """Give each new question a number, under which a learning platform keeps its answers."""
    from srm_data.core.language import texts
    from srm_data.publishing.site.scorm.question_list import NUMBERS, write_numbers

    print(texts(args.lang)["scorm"]["numbers"].format(n=write_numbers(), file=NUMBERS))
    return 0


def write_lessons(args: argparse.Namespace) -> int:
    """Copy the lessons out of the package into a folder of the reader's own."""
    from srm_data.core.language import texts
    from srm_data.publishing.copy_lessons import copy_lessons

    pairs = copy_lessons(Path(args.out))
    _tell_kept([wanted for wanted, _ in pairs], [made for _, made in pairs], args.lang)
    folder = Path(args.out).resolve()
    said = texts(args.lang)["copied_lessons"]["made"]
    print(said.format(n=len(pairs), folder=folder, start=folder / "start.ipynb"))
    return 0


def write_components(args: argparse.Namespace) -> int:
    """Write ``<out>/<component>-<lang>.html`` for each component, to work on it in a browser."""
    from srm_data.publishing.component_pages import write_component_pages

    made = write_component_pages(Path(args.out), args.lang, args.theme)
    print(f"{len(made)} files in {Path(args.out).resolve()}")
    return 0


def watch_editions(args: argparse.Namespace) -> int:
    """Say what newer copies of source pages would change; writes nothing.

    Returns:
        0 when nothing changed, 1 when something did, 2 when a page cannot be read or has no table that fits:
        as diff does.
    """
    from srm_data.core.language import speaking
    from srm_data.publishing.edition_watch import watch_page
    from srm_data.readers.faults import FileFaultsError

    codes = []
    with speaking(args.lang):
        for file in args.file:
            try:
                code, lines = watch_page(Path(file), args.lang)
            except FileFaultsError as error:
                print(error, file=sys.stderr)
                code, lines = 2, []
            codes.append(code)
            for line in lines:
                print(line)
    return max(codes)


def see_doctor(args: argparse.Namespace) -> int:
    """Say what is wrong with this installation and how to mend it."""
    from srm_data.setup import doctor

    return doctor.run(lang=args.lang)


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all went well, 1 when it did not, 2 for a wrong call.

    That of `watch_editions` is told there.
    """
    from srm_data.core.extras import MissingExtraError, needing
    from srm_data.core.language import texts
    from srm_data.readers.faults import FileFaultsError
    from srm_data.views.palette import THEMES

    parser = argparse.ArgumentParser(prog="python -m srm_data", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    drawing = commands.add_parser("figures", help="draw the slide figures as files")
    drawing.add_argument(
        "--matrix",
        nargs="+",
        metavar="ID",
        help="an id, or a CSV file of your own; default: the set in figures/",
    )
    drawing.add_argument(
        "--party",
        nargs="+",
        default=[],
        type=_meaning,
        metavar="NAME=PARTY",
        help="what a name means in a CSV file of your own, such as IBM=provider",
    )
    drawing.add_argument("--figure", nargs="+", metavar="KIND", help="matrix, ladder ...; default: all")
    drawing.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    drawing.add_argument("--theme", nargs="+", default=["light"], choices=list(THEMES), help="default: light")
    drawing.add_argument(
        "--size", nargs="+", default=["16:9"], choices=["16:9", "4:3", "1:1"], help="default: 16:9"
    )
    drawing.add_argument("--blank", action="store_true", help="empty, to fill in on the board")
    drawing.add_argument("--steps", action="store_true", help="one file a step, for slides that reveal it")
    drawing.add_argument(
        "--format",
        nargs="+",
        default=["svg", "png", "pdf"],
        choices=["svg", "png", "pdf"],
        help="default: all",
    )
    drawing.add_argument("--out", default="figures", metavar="DIR", help="default: %(default)s")
    drawing.set_defaults(run=draw_figures, extra="figures")

    showing = commands.add_parser("slides", help="make slides from the lessons")
    showing.add_argument("--lesson", nargs="+", metavar="N", help="such as 03; default: all")
    showing.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    showing.add_argument(
        "--theme", nargs="+", default=["light"], choices=["light", "dark"], help="default: light"
    )
    showing.add_argument(
        "--format", nargs="+", default=["reveal", "pptx"], choices=["reveal", "pptx"], help="default: both"
    )
    showing.add_argument(
        "--template", metavar="FILE", help="a PowerPoint design of your own, changed from the kit's"
    )
    showing.add_argument("--out", default="slides", metavar="DIR", help="default: %(default)s")
    showing.set_defaults(run=make_slides, extra="publish")

    glossary = commands.add_parser("glossary", help="write the glossary notebooks from the data")
    glossary.add_argument("--out", default="notebooks", metavar="DIR", help="default: %(default)s")
    glossary.set_defaults(run=write_glossary)

    start = commands.add_parser("start-page", help="write the start page of the lessons from the data")
    start.add_argument("--out", default="notebooks", metavar="DIR", help="default: %(default)s")
    start.set_defaults(run=write_start_page)

    asking = commands.add_parser("questions", help="write the question bank for learning platforms and paper")
    asking.add_argument("--lesson", nargs="+", type=int, metavar="N", help="default: all")
    asking.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    asking.add_argument(
        "--format",
        nargs="+",
        default=QUESTION_FORMATS,
        choices=QUESTION_FORMATS,
        help="moodle, gift: Moodle; qti: Canvas; cartridge: Common Cartridge, which most platforms take; "
        "brightspace: its CSV; sheet, key: to print. Default: all",
    )
    asking.add_argument("--out", default="exports", metavar="DIR", help="default: %(default)s")
    asking.set_defaults(run=export_questions, extra="lab")

    telling = commands.add_parser("bank", help="say what the question bank holds and how it is balanced")
    telling.add_argument("--lang", default="en", choices=LANGUAGES, help="default: en")
    telling.set_defaults(run=tell_bank)

    papers = commands.add_parser("worksheets", help="write a one-page worksheet for each lesson, as PDF")
    papers.add_argument("--lesson", nargs="+", metavar="N", help="such as 03; default: all")
    papers.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    papers.add_argument("--out", default="worksheets", metavar="DIR", help="default: %(default)s")
    papers.set_defaults(run=write_worksheets, extra="publish")

    playing = commands.add_parser("cards", help="write the incidents as cards to print, and cards for Anki")
    playing.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    playing.add_argument("--out", default="cards", metavar="DIR", help="default: %(default)s")
    playing.set_defaults(run=write_cards, extra="publish")

    site = commands.add_parser("site", help="write the lessons as pages that need no Jupyter")
    site.add_argument(
        "--lang",
        nargs="+",
        default=LANGUAGES,
        choices=LANGUAGES,
        help="default: both; messages are in the first",
    )
    site.add_argument("--no-pdf", dest="pdf", action="store_false", help="leave the handouts out")
    site.add_argument(
        "--teachers", action="store_true", help="with slides, question files, worksheets and cards in it"
    )
    site.add_argument("--out", default="site", metavar="DIR", help="default: %(default)s")
    site.set_defaults(run=write_site, extra="publish")

    releasing = commands.add_parser("release", help="write all there is to give away as one ZIP")
    releasing.add_argument(
        "--lang",
        nargs="+",
        default=LANGUAGES,
        choices=LANGUAGES,
        help="default: both; messages are in the first",
    )
    releasing.add_argument("--out", default="release", metavar="DIR", help="default: %(default)s")
    releasing.set_defaults(run=write_release, extra="publish")

    scorm = commands.add_parser(
        "scorm", help="write the course as a SCORM 1.2 package for a learning platform"
    )
    scorm.add_argument(
        "--lesson", nargs="+", metavar="N", help="such as 03: a package for each; default: the course as one"
    )
    scorm.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    scorm.add_argument("--out", default="scorm", metavar="DIR", help="default: %(default)s")
    scorm.set_defaults(run=write_scorm, extra="publish")

    numbering = commands.add_parser(
        "question-numbers", help="give new questions a number for learning platforms"
    )
    numbering.add_argument("--lang", default="en", choices=LANGUAGES, help="of the message; default: en")
    numbering.set_defaults(run=write_question_numbers, extra="lab")

    parts = commands.add_parser("components", help="write each component alone on a page, to work on it")
    parts.add_argument("--lang", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="default: both")
    parts.add_argument("--theme", default="light", choices=["light", "dark"], help="default: light")
    parts.add_argument("--out", default="components", metavar="DIR", help="default: %(default)s")
    parts.set_defaults(run=write_components, extra="lab")

    copying = commands.add_parser("lessons", help="copy the lessons into a folder of your own")
    copying.add_argument("out", metavar="FOLDER", help="a file that you changed there stays as it is")
    copying.add_argument("--lang", default="en", choices=LANGUAGES, help="of the messages; default: en")
    copying.set_defaults(run=write_lessons)

    watching = commands.add_parser(
        "watch",
        help="say what newer copies of source pages would change",
        epilog="Writes nothing. Exit code: 0 nothing changed, 1 something did, 2 a page was not compared.",
    )
    watching.add_argument("file", nargs="+", metavar="FILE", help="a source page as Markdown or HTML")
    watching.add_argument("--lang", default="en", choices=LANGUAGES, help="of the messages; default: en")
    watching.set_defaults(run=watch_editions, extra="figures")

    checking = commands.add_parser("doctor", help="say what is wrong and how to mend it")
    checking.add_argument("--lang", default="en", choices=LANGUAGES)
    checking.set_defaults(run=see_doctor)

    args = parser.parse_args(argv)
    asked = getattr(args, "lang", "en")
    lang = asked if isinstance(asked, str) else asked[0]  # the messages are in the first of several
    try:
        with needing(getattr(args, "extra", ""), lang):
            code: int = args.run(args)
    except (MissingExtraError, UnknownNameError, FileFaultsError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        # Which file it was says little: some have names of the moment.
        folder = Path(getattr(args, "out", ".")).resolve()
        said = texts(lang)["error"]["cannot_write"]
        print(said.format(folder=folder, reason=error.strerror), file=sys.stderr)
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
