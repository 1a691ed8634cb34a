"""No regular expression of the kit takes more than its share of a text: twice the text, twice the time.

Each pattern of the package is found by itself, so a new one is tested too. From its parts strings are made
that almost match, over and over, which is what a careless pattern stumbles over.
"""

import ast
import gc
import importlib
import json
import re
import time
from contextlib import suppress
from pathlib import Path

import pytest

import srm_data as srm
from srm_data.files.markdown_text import plain
from srm_data.learning.hand_in_reader import read_hand_in
from srm_data.readers.faults import FileFaultsError

PACKAGE = Path(srm.__file__).parent
CALLS = ("compile", "sub", "match", "search", "fullmatch", "findall", "finditer", "split")
SHORT, LONG = 2_500, 10_000  # four times as long: linear takes four times as long, quadratic sixteen


def patterns(file):
    """Each pattern of a file of the package: where it stands, and how it is used."""
    name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name) if file.stem != "__main__" else None
    tree = ast.parse(file.read_text("utf-8"))
    anchored = only_anchored(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        if node.func.attr not in CALLS:
            continue
        flags = next((k.value for k in node.keywords if k.arg == "flags"), None)
        if flags is None and node.func.attr == "compile" and len(node.args) > 1:
            flags = node.args[1]
        worth = eval(ast.unparse(flags), {"re": re}) if flags else 0
        method = anchored.get(node, "search") if node.func.attr == "compile" else node.func.attr
        yield f"{file.stem}:{node.lineno}", text_of(node.args[0], module), worth, method


def only_anchored(tree):
    """The compiled patterns of a module that it only ever asks to match at one place."""
    named = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    used = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    return {
        made: methods.pop()
        for name, made in named.items()
        if len(methods := set(used.get(name, ()))) == 1 and methods <= {"match", "fullmatch"}
    }


def text_of(node, module):
    """The pattern that stands in the source; a word for what is only known when it runs."""
    if isinstance(node, ast.JoinedStr):
        parts = [
            part.value if isinstance(part, ast.Constant) else value_of(part.value, module)
            for part in node.values
        ]
        return "".join(parts)
    return node.value if isinstance(node, ast.Constant) else value_of(node, module)


def value_of(node, module):
    value = vars(module).get(node.id) if module and isinstance(node, ast.Name) else None
    return value if isinstance(value, str) else "title"


#: By the name of the file, so that none of them is imported before its test runs.
FILES = {
    file.relative_to(PACKAGE).as_posix(): file
    for file in sorted(PACKAGE.rglob("*.py"))
    if re.search(rf"\bre\.({'|'.join(CALLS)})\(", file.read_text("utf-8"))
}


def sample(items, times=1):
    """A string that these parts of a pattern match, or nearly."""
    made = ""
    for kind, worth in items:
        name = str(kind)
        if name == "LITERAL":
            made += chr(worth)
        elif name == "NOT_LITERAL":
            made += "a" if chr(worth) != "a" else "b"
        elif name == "ANY":
            made += "a"
        elif name == "IN":
            made += one_of(worth)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            made += sample(worth[2]) * max(worth[0], times)
        elif name == "SUBPATTERN":
            made += sample(worth[3], times)
        elif name == "ATOMIC_GROUP":
            made += sample(worth, times)
        elif name == "BRANCH":
            made += sample(worth[1][0], times)
    return made


def one_of(choices):
    test = re.compile("".join(["[", *map(written, choices), "]"]))
    return next((sign for sign in "a 1_-\t\n.,;:|<>(\"'=\\u2019\\u0301" if test.fullmatch(sign)), "a")


def written(choice):
    kind, worth = str(choice[0]), choice[1]
    if kind == "NEGATE":
        return "^"
    if kind == "LITERAL":
        return re.escape(chr(worth))
    if kind == "RANGE":
        return f"{re.escape(chr(worth[0]))}-{re.escape(chr(worth[1]))}"
    return {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w", "NOT_WORD": r"\W", "NOT_SPACE": r"\S"}[
        str(worth).removeprefix("CATEGORY_")
    ]


def inside(items):
    """Every sequence of parts of a pattern: the whole, each group, what each repeat repeats."""
    yield list(items)
    for kind, worth in items:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from inside(worth[2])
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            yield from inside(worth[3] if name == "SUBPATTERN" else worth)
        elif name == "BRANCH":
            for way in worth[1]:
                yield from inside(way)


def pumps(pattern, flags):
    """Texts to repeat, each after a text that begins a match."""
    tree = re._parser.parse(pattern, flags)
    found = {("", unit) for unit in (" ", "\n", "a", "1", "-", "'", '"')}
    whole = list(tree)
    starts = {""} | {sample(whole[:n]) for n in range(1, len(whole))}
    for items in inside(tree):
        pieces = [sample([item]) for item in items]
        ends = [0, *range(1, len(pieces) + 1)]
        found |= {("", "".join(pieces[a:b])) for a in ends for b in ends if a < b}
        found |= {(start, piece) for start in starts for piece in pieces}
    return {(start, unit) for start, unit in found if unit}


def spent(run):
    """The least that a run took, of two; of more where it is so short that a neighbour may double it."""
    least, runs = float("inf"), 0
    while runs < 2 or (least < 0.02 and runs < 6):
        begin = time.process_time()
        run()
        least, runs = min(least, time.process_time() - begin), runs + 1
    return least


def growth(pattern, flags, method):
    """The texts on which this pattern takes more than its share."""
    if isinstance(pattern, bytes):
        pattern = pattern.decode("latin-1")
    compiled = re.compile(pattern, flags)
    use = {
        "sub": lambda text: compiled.sub("", text),
        "search": lambda text: [*compiled.finditer(text)],
        "findall": lambda text: [*compiled.finditer(text)],
    }.get(method, lambda text: getattr(compiled, method)(text))
    for start, unit in sorted(pumps(pattern, flags)):
        # A text that ends in what no pattern wants has to be tried to the end.
        texts = [start + unit * (n // len(unit)) + "\x00" for n in (SHORT, LONG)]
        first = spent(lambda: use(texts[0]))  # noqa: B023
        if first > 0.001 and spent(lambda: use(texts[1])) > 9 * first:  # noqa: B023
            yield start, unit


def test_the_patterns_of_the_package_are_found():
    found = {name: len([*patterns(file)]) for name, file in FILES.items()}
    assert sum(found.values()) > 40
    assert min(found.values()) > 0
    assert {Path(name).stem for name in FILES} >= {"class_files", "handouts", "gallery", "inert_csv"}


@pytest.mark.parametrize("name", FILES)
def test_twice_the_text_takes_twice_the_time(name):
    slow = {where: [*growth(*told)] for where, *told in patterns(FILES[name])}
    assert {where: texts for where, texts in slow.items() if texts} == {}


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"#{1,6} +(.*?) *", "fullmatch"),
        (r"<table>.*?</table>", "search"),
        (r"[^.!?\n]*Shift\+Enter", "search"),
        (r"\|\s*(\d*)\s*\|", "search"),
        (r"\s+$", "search"),
    ],
)
def test_a_careless_pattern_is_noticed(pattern, method):
    assert next(growth(pattern, 0, method), None)


# What learners and teachers give, as large as it may be


def of_class(text, folder):
    (folder / "ann.md").write_text(
        f"## Key terms\n\n## Assignment\n\n### Difficulties met\n\n{text}", "utf-8"
    )
    (folder / "bo.json").write_text(text, "utf-8")
    (folder / "cy.txt").write_text(text, "utf-8")
    srm.class_results(folder, "en")


def of_file(read, name):
    def run(text, folder):
        (folder / name).write_text(text, "utf-8")
        with pytest.raises(ValueError):
            read(folder / name)

    return run


READERS = {
    "a class": of_class,
    "a hand-in": lambda text, _: read_hand_in(text),
    "text for Markdown": lambda text, _: plain(text),
    "a matrix": of_file(srm.read_matrix, "x.csv"),
    "a workload as CSV": of_file(srm.read_workload, "x.csv"),
    "a workload as YAML": of_file(srm.read_workload, "x.yaml"),
    "a plan": of_file(srm.read_workload, "x.json"),
}
UNITS = [
    " ",
    "\n",
    "# ",
    "a",
    "*",
    "\\",
    "&#",
    '"',
    "'",
    ",",
    ";",
    "[",
    "(",
    "<",
    "a. ",
    "-\n",
    "1.",
    "_",
    "\t|",
]


@pytest.fixture
def uncollected():
    """No garbage is collected meanwhile: with what other tests left, that may take most of a second."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("reader", READERS)
def test_the_longest_text_takes_its_length_and_no_more(reader, tmp_path):
    slow = []
    for unit in UNITS:
        times = []
        for n in (50_000, 200_000):
            text = "# " + unit * (n // len(unit)) + "x"
            begin = time.process_time()
            READERS[reader](text, tmp_path)
            times.append(time.process_time() - begin)
        if times[1] > 9 * max(times[0], 0.06):
            slow.append((unit, times))
    assert slow == []


# Two megabytes, the most that is read, made to take long


def rows(first, unit):
    return first + unit * ((1_900_000 - len(first)) // len(unit.encode()))


AREAS = "area,a,b\n"
COMPONENTS = "components:\n"
SITE = {"type": "Microsoft.Web/sites", "name": "site"}


def template(*resources, **more):
    return json.dumps({"contentVersion": "1.0.0.0", "resources": resources} | more)


def plan(*resources):
    return json.dumps({"format_version": "1.2", "planned_values": {"root_module": {"resources": resources}}})


def named(*expressions):
    return template(*(SITE | {"name": f"[{one}]"} for one in expressions))


#: Lists in which each list is there twice: short in the file, without end when written out or compared.
TWINS = {"a0": ["x"], "b0": ["x"]} | {
    f"{side}{n}": f"[createArray({half}, {half})]"
    for side in "ab"
    for n in range(1, 60)
    for half in [f"variables('{side}{n - 1}')"]
}
WORST = {
    ("a matrix", "dashes"): lambda: rows("", "-\n"),
    ("a matrix", "empty lines"): lambda: rows("", "\n") + "x",
    ("a matrix", "old line ends"): lambda: rows("", "\r") + "x",
    ("a matrix", "blanks"): lambda: rows(AREAS, " \n"),
    ("a matrix", "one line"): lambda: rows("", ","),
    ("a matrix", "one line of letters"): lambda: rows("", "a,"),
    ("a matrix", "empty cells"): lambda: rows(AREAS, "," * 999 + "\n"),
    ("a matrix", "broken quotes"): lambda: rows(AREAS, '"a"b\n'),
    ("a matrix", "stars"): lambda: rows(AREAS, "a," + "*" * 100_000 + "\n"),
    ("a matrix", "parties"): lambda: rows(AREAS, "a," + "you/" * 20_000 + "you\n"),
    ("a matrix", "accents"): lambda: rows(AREAS, "a,a" + "\u0301\u0323" * 30_000 + "\n"),
    ("a matrix", "coded twice"): lambda: rows(AREAS, "a," + "Ã©" * 30_000 + "\n"),
    ("a matrix", "no UTF-8"): lambda: rows("", "\n") + "\udcff",
    ("a workload as CSV", "broken quotes"): lambda: rows("name\n", '"a"b\n'),
    ("a workload as CSV", "bad words"): lambda: rows("name,kind,service,model\n", "a,kar,,PasS\n"),
    ("a workload as YAML", "a list"): lambda: rows(COMPONENTS, "- a\n"),
    ("a workload as YAML", "components"): lambda: rows(COMPONENTS, "- name: a\n"),
    ("a workload as YAML", "all there may be"): lambda: (
        COMPONENTS
        + "".join(
            f"- name: c{n}{'x' * 100}\n  kind: web\n  service: x\n  model: PaaS\n" for n in range(9_900)
        )
    ),
    ("a workload as YAML", "words"): lambda: rows("", "a: b\n"),
    ("a workload as YAML", "in brackets"): lambda: rows("components: [", "a: b,") + "]",
    ("a plan", "nothing"): lambda: plan(*[{}] * 450_000),
    ("a plan", "one type"): lambda: plan({"address": "a", "type": "a" + "_" * 1_800_000}),
    ("a plan", "long types"): lambda: plan(*({"type": "a/b" + "/a" * 90 + str(n)} for n in range(7_000))),
    ("a plan", "brackets"): lambda: named(*("(" * 24_000 + str(n) for n in range(75))),
    ("a plan", "names"): lambda: named(*("a()" + ".b" * 11_900 + str(n) for n in range(75))),
    ("a plan", "unions"): lambda: template(
        SITE | {"name": "[string(variables('all'))]"},
        variables={
            "n": "[range(0, 2900)]",
            "all": "[map(range(0, 9000), lambda('x', length(union(variables('n'), variables('n')))))]",
        },
    ),
    ("a plan", "lists in a list"): lambda: template(
        SITE | {"name": "[string(variables('all'))]"},
        variables={
            "n": ["[range(0, 2900)]"],
            "all": "[map(range(0, 9000), lambda('x', length(string(variables('n')))))]",
        },
    ),
    ("a plan", "twins compared"): lambda: template(
        SITE | {"name": "[string(contains(createArray(variables('a59')), variables('b59')))]"},
        variables=TWINS,
    ),
    ("a plan", "twins as a type"): lambda: template(SITE | {"type": "[variables('a59')]"}, variables=TWINS),
    ("a plan", "twins in a deployment"): lambda: template(
        {"type": "Microsoft.Resources/deployments", "properties": {"template": "[variables('inner')]"}},
        variables=TWINS | {"inner": {"resources": [{"type": "[variables('a59')]"}, "[variables('b59')]"]}},
    ),
}


@pytest.mark.parametrize(("reader", "made"), WORST)
def test_two_megabytes_of_the_worst_take_less_than_a_second(reader, made, tmp_path):
    text = WORST[reader, made]()
    assert len(text) < 2_000_000
    name = {"a matrix": "x.csv", "a workload as CSV": "x.csv", "a workload as YAML": "x.yaml"}.get(reader)
    file = tmp_path / (name or "x.json")
    file.write_bytes(text.encode(errors="surrogateescape"))
    read = srm.read_matrix if reader == "a matrix" else srm.read_workload

    def run():
        with suppress(FileFaultsError):
            read(file)

    assert spent(run) < 1
