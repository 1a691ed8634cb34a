"""Files that are given instead of a plan, a template or a workload: what they are and what to give.

Told by what only they hold, so that the answer is the command that helps and not a fault in the wrong place.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from srm_data.readers.faults import Fault, file_words
from srm_data.workloads.resources import as_text
from srm_data.workloads.yaml_text import component_words

_HEAD = 200_000  # signs of a text that are looked at
# Each looks at a line by itself and reads it once, however long it is.
_TEXTS = {
    "tf_text": r"^[^\n]{0,20}(?:Terraform|OpenTofu) (?:will perform|used the selected|planned the following)"
    r"|^[^\n]{0,20}No changes\.|^[^\n]{0,20}# \S+ (?:will|must) be ",
    "tf_error": r"^(?:[^\w\n]|\x1b\[\d+m){0,20}Error: ",
    "bicep_parameters": r"^using[ \t]+(?:'|none\b)",
    "bicep": r"^(?:targetScope[ \t]*=|(?:resource|module)[ \t]+\w+[ \t]+'"
    r"|(?:param|var|output)[ \t]+\w+[ \t]+[\w=])",
    "tf_source": r'^[ \t]*(?:resource|data|module|provider|variable|output)[ \t]+"[^"\n]+"[ \t]*'
    r'(?:"[^"\n]+"[ \t]*)?\{|^(?:terraform|locals)[ \t]*\{',
}
#: The words at the left of a YAML file that tell whose it is; the first that are all there.
_YAML = (
    ("cloudformation", {"AWSTemplateFormatVersion"}),
    ("cloudformation", {"Resources"}),
    ("kubernetes", {"apiVersion", "kind"}),
    ("helm", {"apiVersion", "version"}),
    ("github", {"on", "jobs"}),
    ("serverless", {"service", "provider"}),
    ("compose", {"services"}),
    ("pulumi", {"runtime"}),
    ("pipeline", {"steps"}),
    ("pipeline", {"stages"}),
    ("pipeline", {"jobs"}),
    ("ansible", {"- hosts"}),
    ("openapi", {"openapi"}),
)


def binary(file: Path) -> str:
    """Which file this is that is no text, or nothing."""
    try:
        with file.open("rb") as opened:
            head = opened.read(6)
    except OSError:
        return ""
    if head == b"tfplan":  # before Terraform 0.12
        return "binary_plan"
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(file) as packed:
            return "binary_plan" if "tfplan" in packed.namelist() else "archive"
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return "binary_plan"


def text(content: str) -> str:
    """Which file this is that is no JSON, or nothing."""
    head = content[:_HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        return "tf_stream" if '"@level"' in head.partition("\n")[0] else ""
    found = next((kind for kind, mark in _TEXTS.items() if re.search(mark, head, re.MULTILINE)), "")
    return found or yaml(head)


def yaml(content: str) -> str:
    """Whose YAML this is, or nothing; ``json`` when it is none."""
    head = content[:_HEAD].lstrip("\ufeff")
    own = component_words()
    if head.lstrip().startswith("{"):
        return "" if re.search(rf"\b(?:{'|'.join(own)})['\"]?\s?:", head, re.IGNORECASE) else "json"
    words = set(re.findall(r"^(?:- )?[A-Za-z][\w.-]*(?=['\"]?[ \t]*:(?:\s|$))", head, re.MULTILINE))
    if {word.casefold() for word in words} & {*own, "workload"}:
        return ""
    return next((kind for kind, marks in _YAML if marks <= words), "")


def json_file(content: Any) -> str:
    """Which JSON this is that is neither plan nor template, or nothing."""
    if isinstance(content, list):
        return "arm_resource" if content and _is_resource(content[0]) else ""
    keys = set(content)
    schema = as_text(content.get("$schema")).casefold()
    for kind, is_that in (
        ("tf_state", {"version", "lineage"} <= keys or {"version", "serial", "resources"} <= keys),
        ("tf_encrypted", "encrypted_data" in keys),
        ("tf_other", bool(keys & {"format_version", "provider_selections"}) or _is_output(content)),
        ("tf_source", bool(keys & {"resource", "provider"}) and _is_blocks(content)),
        ("arm_parameters", "deploymentparameters.json" in schema or "templateJson" in keys),
        ("arm_parameters", {"contentVersion", "parameters"} == keys),
        ("arm_screen", "createuidefinition" in schema),
        ("arm_what_if", _has_change_types(content)),
        ("arm_deployment", as_text(content.get("type")).casefold() == "microsoft.resources/deployments"),
        ("arm_resource", _is_resource(content)),
        ("cloudformation", "AWSTemplateFormatVersion" in keys or _is_cloudformation(content)),
        ("kubernetes", {"apiVersion", "kind"} <= keys),
        ("pulumi", {"version", "deployment"} <= keys or {"steps", "changeSummary"} <= keys),
        ("compose", isinstance(content.get("services"), dict)),
    ):
        if is_that:
            return kind
    return ""


def fault(kind: str) -> Fault:
    """What to say of such a file."""
    words = file_words()["given"]
    if kind in words["other"]:
        return Fault(words["no_reader"].format(what=words["other"][kind]))
    return Fault(words[kind])


def told(file: Path) -> list[Fault]:
    """What to say of a file whose ending is none of a workload; nothing when it is not known."""
    if not file.is_file():
        return []
    kind = binary(file)
    if not kind:
        try:
            with file.open("rb") as opened:
                head = opened.read(_HEAD).decode("utf-8", errors="replace")
        except OSError:
            return []
        kind = text(head) or yaml(head)  # the second tells that it is JSON
    return [fault(kind)] if kind else []


def _is_resource(content: Any) -> bool:
    """Whether this is what Azure says of one resource."""
    if not isinstance(content, dict):
        return False
    return as_text(content.get("id")).startswith("/subscriptions/") or (
        "/" in as_text(content.get("type")) and "properties" in content
    )


def _is_output(content: dict[str, Any]) -> bool:
    """``terraform output -json``."""
    values = list(content.values())
    return bool(values) and all(
        isinstance(one, dict) and {"sensitive", "value"} <= set(one) for one in values
    )


def _is_blocks(content: dict[str, Any]) -> bool:
    """The language of Terraform as JSON (``.tf.json``), which CDKTF writes too."""
    return all(isinstance(content.get(key, {}), dict | list) for key in ("resource", "provider"))


def _has_change_types(content: dict[str, Any]) -> bool:
    changes = content.get("changes")
    return isinstance(changes, list) and all(
        isinstance(one, dict) and "changeType" in one for one in changes[:10]
    )


def _is_cloudformation(content: dict[str, Any]) -> bool:
    listed = content.get("Resources")
    return isinstance(listed, dict) and any(
        isinstance(one, dict) and "::" in as_text(one.get("Type")) for one in listed.values()
    )
