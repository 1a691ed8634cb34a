"""The components in a YAML file, as plain text.

Only the structure is read: no tag is followed, no alias is expanded, no value becomes anything but the
text that stands there, so ``no`` is a name and ``!!python/object`` is a fault. How deep and how large a
file is, is known before anything is built from it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from srm_data.core.extras import needing
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.readers.faults import Fault, file_words, short
from srm_data.workloads.component_rows import FORM, HEADINGS

if TYPE_CHECKING:
    import yaml

    from srm_data.readers.csv_text import Row

_DEEPEST = 4  # workload, components, a component, a word
_EVENTS = 12  # parts of a component, as YAML counts: its begin and end, four words and what they are


def read_rows(text: str, faults: list[Fault], *, most: int) -> tuple[list[Row], str]:
    """The components as rows of a table with headings, and the name of the workload.

    Args:
        text: what `read_text` gave.
        faults: where faults are added: broken YAML, tags, aliases, several documents, nesting, unknown words.
        most: components; more than these is a fault, and they are left out.
    """
    with _without_collector(), needing():
        return _components(text, faults, most) if text.strip() else ([], "")


def _components(text: str, faults: list[Fault], most: int) -> tuple[list[Row], str]:
    import yaml

    try:
        _check_events(text, faults, most)
        root = None if faults else yaml.compose(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.append(Fault(file_words()["bad_yaml"], mark.line + 1 if mark else None))
        return [], ""
    except yaml.YAMLError:  # a sign that no YAML may hold
        faults.append(Fault(file_words()["bad_yaml_sign"]))
        return [], ""
    if root is None:
        return [], ""
    return _rows(root, faults, most)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python looks for garbage ever again while a tree grows of which all stays: half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _loader() -> Any:
    """The loader that gives every value as text, in C where PyYAML has it: ten times as fast.

    Nobody asks a node here for its tag, and to work that out for each would take a sixth of the time.
    """
    import yaml

    def no_tag(*_: Any) -> str:
        return "tag:yaml.org,2002:str"

    base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return type("_Loader", (base,), {"resolve": no_tag})


def _events(text: str) -> Iterator[Any]:
    """The events of a file, without the check before each that `yaml.parse` makes."""
    import yaml

    loader = _loader()(text)
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            yield event
    finally:
        loader.dispose()


def _check_events(text: str, faults: list[Fault], most: int) -> None:
    """Walk the file once without building anything; stop at the first thing that has no place in it."""
    import yaml

    words = file_words()
    depth = documents = 0
    for n, event in enumerate(_events(text)):
        if type(event) is yaml.ScalarEvent and not event.anchor and not event.tag and n <= most * _EVENTS:
            continue  # nearly all are plain text: what follows would double the time
        line = event.start_mark.line + 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        wrong = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            wrong = words["yaml_alias"].format(value=short(str(event.anchor)))
        elif getattr(event, "tag", None):
            wrong = words["yaml_tag"].format(value=short(str(event.tag)))
        elif depth > _DEEPEST:
            wrong = words["too_deep"].format(limit=_DEEPEST)
        elif documents > 1:
            wrong = words["yaml_documents"]
        elif n > most * _EVENTS:
            wrong = words["yaml_long"].format(limit=most)
        if wrong:
            faults.append(Fault(wrong, line))
            return


def _rows(root: yaml.Node, faults: list[Fault], most: int) -> tuple[list[Row], str]:
    """The one form that is taken: a mapping with ``components``, or that list alone."""
    import yaml

    words = file_words()
    name, listed = "", root
    if isinstance(root, yaml.MappingNode):
        entries = _entries(root, faults, ("workload", "components"))
        name = _scalar(entries.get("workload"), "workload", faults)
        listed = entries.get("components")
    if not isinstance(listed, yaml.SequenceNode):
        line = (listed or root).start_mark.line + 1
        faults.append(Fault(words["yaml_form"], line, "components"))
        return [], name
    if len(listed.value) > most:
        faults.append(Fault(words["too_many_components"].format(n=len(listed.value), limit=most)))
    rows: list[Row] = [(root.start_mark.line + 1, [*HEADINGS])]
    for node in listed.value[:most]:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            faults.append(Fault(words["yaml_component"], line))
            continue
        entries = _entries(node, faults, HEADINGS)
        rows.append((line, [_scalar(entries.get(key), key, faults) for key in HEADINGS]))
    return rows, name


def _entries(node: yaml.MappingNode, faults: list[Fault], allowed: tuple[str, ...]) -> dict[str, yaml.Node]:
    """The values of a mapping by key; unknown and double keys are faults."""
    import yaml

    words = file_words()
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        said = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        name = _key(said)
        line = key.start_mark.line + 1
        if name not in allowed:
            faults.append(
                Fault(words["unknown_heading"].format(value=short(said)), line, said, said, allowed)
            )
        elif name in found:
            faults.append(Fault(words["double_heading"], line, said, said))
        else:
            found[name] = value
    return found


@lru_cache(maxsize=64)
def _key(said: str) -> str:
    """A key in English: those of the other languages are taken too."""
    name = FORM.standard(said)
    return "components" if name in component_words() else name


def component_words() -> tuple[str, ...]:
    """How a file may name its list of components, in each language."""
    return tuple(texts(lang)["file"]["components"] for lang in LANGUAGES)


def _scalar(node: yaml.Node | None, key: str, faults: list[Fault]) -> str:
    """The text of a plain value; ``name:`` with nothing behind it is empty."""
    import yaml

    if node is None:
        return ""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    faults.append(Fault(file_words()["yaml_text"], node.start_mark.line + 1, key))
    return ""
