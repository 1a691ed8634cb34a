"""Give every cell of a lesson that has none a place among the slides: ``python -m tests.mark_slides``.

The place stands in the cell's metadata (`slideshow.slide_type`), where JupyterLab shows and changes it.
What is already marked stays as it is; both languages get the same marks.
"""

import json
import re

from tests.lessons import NOTEBOOKS, NUMBERED

#: Calls whose view is for one learner, not for a class.
_OWN = re.compile(r"srm\.use_language\(|srm\.(?:browse|hand_in|progress)\(|tables\.about\(")


def slide_type(kind: str, source: str, *, shown: bool) -> str:
    """What a cell is on slides, unless its author says otherwise; `shown` is prose with words for a slide."""
    if kind == "code":
        return "skip" if _OWN.search(source) else "subslide"
    if heading := re.match(r"(#+) ", source):
        return "slide" if len(heading[1]) < 3 else "subslide"
    return "subslide" if shown else "notes"


def main() -> None:
    for path in NUMBERED:
        file = NOTEBOOKS / path
        english = json.loads((NOTEBOOKS / "en" / path[3:]).read_text("utf-8"))["cells"]
        before = file.read_text("utf-8")
        notebook = json.loads(before)
        for cell, model in zip(notebook["cells"], english, strict=True):
            known = model["metadata"].get("slideshow", {}).get("slide_type")
            place = known or slide_type(
                model["cell_type"], "".join(model["source"]), shown="slide" in model["metadata"]
            )
            cell["metadata"].setdefault("slideshow", {}).setdefault("slide_type", place)
        after = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
        if after != before:
            file.write_text(after, "utf-8", newline="\n")
            print(path)


if __name__ == "__main__":
    main()
