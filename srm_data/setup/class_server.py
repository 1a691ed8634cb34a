"""Opens the lessons of one learner on a server for a class, see ``deploy/jupyterhub``.

JupyterHub runs this in place of its own server, as the learner and in the learner's folder, on one machine
and in a container alike. Lessons come with the installed package, so that they always fit it: each start
brings those of the package, and leaves alone what the learner changed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.write_whole import write_own
from srm_data.publishing.copy_lessons import renew_lessons
from srm_data.setup.register_kit import SETTINGS

LESSONS = "lessons"
#: What the learner reads first when a lesson that they changed has a newer version beside it.
NEWS = "new_lessons.md"
_LAB, _SERVER = "etc/jupyter/jupyter_lab_config.json", "etc/jupyter/jupyter_server_config.json"
_QUIET = ("check_for_updates_class", "news_url", "extension_manager")
#: The settings of the kit that are not about one person's own machine, and those of a machine for many.
CLASS_SETTINGS = {name: settings for name, settings in SETTINGS.items() if name != _LAB} | {
    # Without "default_url": JupyterHub says which page is the first.
    _LAB: {"LabApp": {name: SETTINGS[_LAB]["LabApp"][name] for name in _QUIET}},
    _SERVER: {
        "ContentsManager": SETTINGS[_LAB]["ContentsManager"],
        # Whoever runs code on the machine may listen to a kernel that speaks over a port.
        "KernelManager": {"transport": "ipc"},
        # It asks npm where language servers are, at every start and for every learner; there are none.
        "ServerApp": {"jpserver_extensions": {"jupyter_lsp": False}},
    },
}


def prepare(home: Path) -> dict[str, str]:
    """Bring the lessons of a learner up to those of the package, and say what stayed.

    A disk that is full keeps nobody from their lessons: what is there opens.

    Args:
        home: the learner's own folder.

    Returns:
        The variables that the server of the learner needs.
    """
    variables = {"SRM_WORK": str(home / "my_work"), "SRM_WORK_COPY": str(home / ".my_work_copy")}
    with suppress(OSError):  # else Jupyter takes the home folder, which may be full or too long for a socket
        variables["JUPYTER_RUNTIME_DIR"] = str(_folder_of_the_moment(home))
    try:
        pairs = renew_lessons(home / LESSONS)
        beside = [(old, new) for old, new in pairs if old != new]
        if beside:
            news = write_own(home / LESSONS / NEWS, news_text(beside, home / LESSONS).encode())
            variables["JUPYTERHUB_DEFAULT_URL"] = f"/lab/tree/{LESSONS}/{news.name}"
    except OSError as error:
        folder = home / LESSONS
        for lang in LANGUAGES:
            said = texts(lang)["error"]["cannot_write"]
            print(said.format(folder=folder, reason=error.strerror), file=sys.stderr)
    return variables


def _folder_of_the_moment(home: Path) -> Path:
    """A folder for the sockets of kernels, closed to others; those of earlier servers of this learner go."""
    prefix = f"srm-{sha256(bytes(home)).hexdigest()[:12]}-"
    for old in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix))


def news_text(beside: Sequence[tuple[Path, Path]], lessons: Path) -> str:
    """What a learner reads about lessons that stayed as they were, in both languages, as Markdown.

    Args:
        beside: of each lesson the name of the learner's own and that of the new one beside it.
        lessons: the folder that the names are told from.
    """
    parts = []
    for lang in LANGUAGES:
        words = texts(lang)["class_server"]
        names = [[path.relative_to(lessons).as_posix() for path in pair] for pair in beside]
        lines = [words["kept"].format(file=old, new=new) for old, new in names]
        listed = "\n".join(f"- {line}" for line in lines)
        parts.append(f"# {words['title']}\n\n{words['answers']}\n\n{listed}\n")
    return "\n".join(parts)


def write_class_settings(prefix: Path) -> None:
    """Write the settings of the kit into the environment that all learners share.

    Args:
        prefix: the folder of the environment.

    Raises:
        OSError: when it cannot be written to.
    """
    for name, settings in CLASS_SETTINGS.items():
        file = prefix / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings, indent=1), encoding="utf-8")


def main(words: list[str]) -> None:
    """Become the server of a learner; ``--settings`` writes the settings of the environment instead.

    Args:
        words: what JupyterHub gives its server.
    """
    if words == ["--settings"]:
        write_class_settings(Path(sys.prefix))
        return
    os.environ.update(prepare(Path.home()))
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *words])  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
