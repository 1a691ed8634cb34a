#!/usr/bin/env python3
"""Open the cloud shared responsibility kit. Type one of these in this folder (Windows: py kit.py).

  python3 kit.py            open the lessons; extra words go to JupyterLab (--port 9999, --no-browser)
  python3 kit.py lab        the same
  python3 kit.py test       run all the tests; extra words go to pytest (-x, -k name)
  python3 kit.py figures    render the slide figures (figures --help tells the options)
  python3 kit.py slides     make slides of a lesson (--lesson 03 --lang nl; slides --help)
  python3 kit.py questions  write the question bank for Moodle and others, a sheet and a key
  python3 kit.py site       write the lessons as pages that need no Jupyter (site --help)
  python3 kit.py doctor     say what is wrong and how to mend it (--lang nl for Dutch)
  python3 kit.py help       this text

The first start downloads some 500 MB into the folder .venv; later ones need no network.
"""

import difflib, hashlib, importlib.util, os, re, shutil, signal, subprocess, sys  # noqa: E401

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))
RECIPE = "1"  # raise it when the steps of install() change: every .venv is then made anew
COMMANDS = {  # word: what follows `python` in .venv, and the locked sets it needs there
    "lab": (["-m", "jupyterlab"], ["requirements.txt"]),
    "test": (["-m", "pytest"], ["requirements.txt", "requirements-test.txt"]),
    "figures": (["-m", "srm_data", "figures"], ["requirements.txt"]),
    "slides": (["-m", "srm_data", "slides"], ["requirements.txt"]),
    "questions": (["-m", "srm_data", "questions"], ["requirements.txt"]),
    "site": (["-m", "srm_data", "site"], ["requirements.txt"]),
    "doctor": (["-m", "srm_data.doctor"], []),  # needs no package, so half a .venv or none will do
}
TROUBLE = (  # how venv, pip and the system tell it, and the one sentence we say; the first match counts
    (r"Errno 28|No space left|not enough space", "The disk is full: free 1 GB, then try again."),
    (
        r"Errno (13|17|20|30)\b|WinError (5|32)\b|Unable to create dir",
        "Cannot write in {}: close JupyterLab, see that the folder is yours, then try again.".format(VENV),
    ),
    (r"DO NOT MATCH THE HASHES", "A download is not the file the kit knows, and was refused: try again."),
    (
        r"Retrying|onnection|timed out|CERTIFICATE",
        "Nothing can be downloaded: check the network or its proxy.",
    ),
)


def fail(said, otherwise):
    """Leave with the one sentence that fits, else with the last thing said."""
    known = [ours for theirs, ours in TROUBLE if re.search(theirs, said)]
    sys.exit(known[0] if known else "{} {}".format(otherwise, said.strip().split("\n")[-1]))


def run(words, otherwise):
    """Run a step of the set-up; turn a failure into one sentence."""
    env = dict(os.environ, PIP_USER="0")  # a user-wide `user = true` cannot work in a .venv
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "universal_newlines": True}
    with subprocess.Popen(words, cwd=HERE, env=env, errors="replace", **pipe) as process:
        said = process.stdout.read()
    if process.returncode:
        fail(said, otherwise)


def install(files):
    """Make .venv from the locked sets, unless its stamps, written last, say that it is there and whole."""
    recipe = hashlib.sha256("{} {}.{}".format(RECIPE, *sys.version_info).encode())
    for name in files:
        with open(os.path.join(HERE, name), "rb") as file:
            recipe.update(file.read())
        stamp = os.path.join(VENV, name + ".stamp")
        if os.path.exists(PYTHON) and os.path.exists(stamp):
            with open(stamp) as file:
                if file.read() == recipe.hexdigest():
                    continue
        if name == files[0]:
            make_venv()
        print("Installing {} (once; a minute or so) ...".format(name), flush=True)
        pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", name]
        run(pip, "The packages could not be installed:")
        if name == files[0]:
            run([PYTHON, "-m", "srm_data.settle"], "The kit could not settle in:")
        with open(stamp, "w") as file:
            file.write(recipe.hexdigest())


def make_venv():
    """Make an empty .venv, or say why that cannot be."""
    python = "python{}.{}".format(*sys.version_info)
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python lacks a part: type `sudo apt install {}-venv`, then try again.".format(python))
    if shutil.disk_usage(HERE).free < 10**9:
        fail("No space left", "")
    if sys.version_info >= (3, 14):
        print("The kit was not tested with {}: if it fails, use 3.11 to 3.13.".format(python), flush=True)
    outer = getattr(sys, "_base_executable", sys.executable)  # not the one inside the .venv that goes
    run([outer, "-m", "venv", "--clear", VENV], "The .venv could not be made:")


def lab_words(own):
    """Give JupyterLab the learner's own words; without a display, it prints its address with the token."""
    blind = sys.platform == "linux" and not any(
        map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    )
    return (["--no-browser"] if blind and "browser" not in " ".join(own) else []) + own


def main(words):
    """Do what the words say; return the exit code."""
    if words[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__.strip())
        return 0
    command = words.pop(0) if words and not words[0].startswith("-") else "lab"
    if command not in COMMANDS:
        guess = (difflib.get_close_matches(command, COMMANDS, 1, 0.4) or ["help"])[0]
        print('There is no "{}": did you mean `python3 kit.py {}`?'.format(command, guess), file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):
        sys.exit("The kit needs Python 3.11 to 3.13, this is {}.{}: see python.org".format(*sys.version_info))
    start, files = COMMANDS[command]
    install(files)
    if command not in ("figures", "slides", "questions", "site"):
        os.chdir(HERE)  # but their --out means the folder you are in
    python = PYTHON if os.path.exists(PYTHON) else sys.executable
    call = [python] + start + (lab_words(words) if command == "lab" else words)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # our kernel before one of the same name in the home folder
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(python, call)  # noqa: S606 - becomes the command: Ctrl-C, kill and the exit code are its own
    process = subprocess.Popen(call)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which hears it too
    return process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        fail(str(error), "That did not work:")
