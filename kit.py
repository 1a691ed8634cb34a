#!/usr/bin/env python3
"""Open the cloud shared responsibility kit. Type one of these in this folder (Windows: py kit.py).

  python3 kit.py            open the lessons; extra words go to JupyterLab (--port 9999, --no-browser)
  python3 kit.py lab        the same
  python3 kit.py test       run all the tests; extra words go to pytest (-x, -k name)
  python3 kit.py figures    render the slide figures (figures --help tells the options)
  python3 kit.py slides     make slides of a lesson (--lesson 03 --lang nl; slides --help)
  python3 kit.py questions  write the question bank for Moodle and others, a sheet and a key
  python3 kit.py worksheets write a one-page worksheet for each lesson, and its answers, as PDF
  python3 kit.py cards      write the incidents as cards to print, and a deck for Anki
  python3 kit.py site       write the lessons as pages that need no Jupyter (site --help)
  python3 kit.py release    write the site and all files for teachers as one ZIP
  python3 kit.py scorm      write the course, or a lesson, as a SCORM package for a learning platform
  python3 kit.py class      open a class on this machine for a trial (Linux, macOS; class --help)
  python3 kit.py doctor     say what is wrong and how to mend it (--lang nl for Dutch)
  python3 kit.py help       this text

The first start downloads some 500 MB into the folder .venv; later ones need no network.
"""

import os, sys  # noqa: E401

HERE = os.path.dirname(os.path.abspath(__file__))
if __name__ == "__main__":  # a random.py beside the lessons or in PYTHONPATH is not the one of Python
    ODD = [HERE] + [os.path.abspath(odd) for odd in os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    sys.path[:] = [place for place in sys.path if os.path.abspath(place) not in ODD]

import csv, difflib, glob, hashlib, importlib.util, re, shutil, signal, subprocess, time  # noqa: E401

PLACES = ".venv", ".next", ".gone"
VENV, NEXT, GONE = (os.path.join(HERE, name) for name in PLACES)
RECIPE = "2"  # raise it when the steps of renew() change: every .venv is then made anew
COMMANDS = {  # word: what follows `python` in .venv, and the locked sets it needs there
    "lab": (["-m", "srm_data.setup.open_lab"], ["requirements.txt"]),
    "test": (["-m", "pytest"], ["requirements.txt", "requirements-test.txt"]),
    "figures": (["-m", "srm_data", "figures"], ["requirements.txt"]),
    "slides": (["-m", "srm_data", "slides"], ["requirements.txt"]),
    "questions": (["-m", "srm_data", "questions"], ["requirements.txt"]),
    "worksheets": (["-m", "srm_data", "worksheets"], ["requirements.txt"]),
    "cards": (["-m", "srm_data", "cards"], ["requirements.txt"]),
    "site": (["-m", "srm_data", "site"], ["requirements.txt"]),
    "release": (["-m", "srm_data", "release"], ["requirements.txt"]),
    "scorm": (["-m", "srm_data", "scorm"], ["requirements.txt"]),
    # In .venv-class, which holds the installed package as a school's server would, and no checkout.
    "class": (
        [os.path.join(HERE, "deploy", "jupyterhub", "start.py")],
        ["requirements.txt", "deploy/jupyterhub/requirements.txt"],
    ),
    "doctor": ([os.path.join(HERE, "srm_data", "setup", "doctor.py")], []),  # half a .venv or none will do
}
# What in the environment would take Python or pip elsewhere. How to reach the index of pip stays.
ASTRAY = re.compile(
    r"PYTHON(HOME|PATH|PLATLIBDIR|EXECUTABLE|STARTUP|INSPECT)$|__PYVENV_LAUNCHER__$"
    r"|PIP_(?!.*(INDEX|LINKS|HOST|PROXY|CERT|RETRIES|TIMEOUT|CACHE|CONFIG|KEYRING|COMPILE))"
)
PIP = ["-I", "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
# Windows reads names of up to 259 signs, and the packages have one of 155, in .venv or .next.
LONGEST = 259 - 155 - len(os.sep + ".venv" + os.sep)
TOO_LONG = (
    "The name of this folder is too long for Windows, {} signs: move the kit to a short one such as "
    "C:\\kit, then try again.".format(len(HERE))
)
TROUBLE = (  # how venv, pip and the system tell it, and the one sentence we say; the first match counts
    (r"Errno 28|No space left|not enough space", "The disk is full: free 1 GB, then try again."),
    (r"Windows Long Path|WinError 206\b", TOO_LONG),
    (
        r"Errno (13|17|20|30)\b|WinError (5|32)\b|Unable to create dir",
        "Cannot write in {}: close JupyterLab, see that the folder is yours, then try again.".format(HERE),
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


def move_to(ending):
    """Let all that follows be about the environment whose name has this ending."""
    global VENV, NEXT, GONE
    VENV, NEXT, GONE = (os.path.join(HERE, name + ending) for name in PLACES)


def python_of(venv):
    """Name the Python of an environment."""
    return os.path.join(venv, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))


def run(words, otherwise, lock):
    """Run a step of the set-up; turn a failure into one sentence."""
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "universal_newlines": True}
    if os.name != "nt":
        pipe["pass_fds"] = [lock.fileno()]  # should we be killed, the step still holds the lock
    with subprocess.Popen(words, cwd=HERE, errors="replace", **pipe) as process:
        said = process.stdout.read()
    if process.returncode:
        fail(said, otherwise)


def recipe(files, name):
    """Tell what .venv must be made from: our steps, this Python, and the locked sets up to this one."""
    made_of = hashlib.sha256("{} {}.{}".format(RECIPE, *sys.version_info).encode())
    for each in files[: files.index(name) + 1]:
        with open(os.path.join(HERE, each), "rb") as file:
            made_of.update(file.read())
    return made_of.hexdigest()


def records(venv):
    """List what the packages in an environment wrote down about their files."""
    site = ["Lib"] if os.name == "nt" else ["lib", "python*"]
    return glob.glob(os.path.join(glob.escape(venv), *(site + ["site-packages", "*.dist-info", "RECORD"])))


def stamp_of(venv, name):
    """Name the file that tells that a locked set is there and whole."""
    return os.path.join(venv, name.replace("/", "-") + ".stamp")


def stamp(venv, files, name):
    """Write, last of all, what the environment was made from and which packages it has."""
    known = [os.path.relpath(record, venv) for record in records(venv) if os.sep + "pip-" not in record]
    with open(stamp_of(venv, name), "w", encoding="utf-8") as file:
        file.write("\n".join([recipe(files, name)] + sorted(known)))


def whole(files, name, quiet=False):
    """Is .venv there as its stamp says, and has no file of its packages gone or changed its size?"""
    wanted = recipe(files, name)
    try:
        with open(stamp_of(VENV, name), encoding="utf-8") as file:
            made_of, *known = file.read().split("\n")
    except (IOError, UnicodeDecodeError):
        return False
    return (
        made_of == wanted and os.path.exists(python_of(VENV)) and all(unhurt(each, quiet) for each in known)
    )


def unhurt(record, quiet):
    """Are the files of one package there, as long as they were?"""
    folder = os.path.join(VENV, os.path.dirname(record))
    try:
        with open(os.path.join(VENV, record), encoding="utf-8", newline="") as file:
            for name, _, size in csv.reader(file):
                if size and os.stat(os.path.join(os.path.dirname(folder), name)).st_size != int(size):
                    raise IOError(name)
    except (IOError, ValueError):
        name = os.path.basename(folder).split("-")[0]
        if not quiet:
            print("The package {} in .venv is damaged.".format(name), flush=True)
        return False
    return True


def install(files, old_will_do):
    """See that .venv holds the locked sets; one kit.py at a time."""
    if all(whole(files, name) for name in files):
        return
    if os.path.lexists(VENV) and not os.path.exists(stamp_of(VENV, "requirements.txt")):
        sys.exit("{} was not made by the kit: move it or remove it, then try again.".format(VENV))
    try:
        install_alone(files)
    except SystemExit as why:
        if not old_will_do or not runs(VENV):
            raise
        print("{}\nUntil then the kit runs with the packages it had.".format(why), flush=True)


def install_alone(files):
    """Renew what is not whole, while every other kit.py waits."""
    try:
        with open(VENV + ".lock", "a") as lock:  # the file stays; the lock on it goes with its last holder
            hold(lock)
            if os.path.lexists(GONE) and not os.path.lexists(VENV):
                os.rename(GONE, VENV)  # another was broken off while it swapped
            # Once more: another kit.py may have done it meanwhile.
            missing = [name for name in files if not whole(files, name, quiet=True)]
            if missing:
                renew(files, missing, lock)
    except OSError as error:
        fail(str(error), "That did not work:")


def runs(venv):
    """Does an environment still have a Python that runs?"""
    return os.path.exists(python_of(venv)) and subprocess.call([python_of(venv), "-I", "-c", ""]) == 0


def hold(lock):
    """Take the lock, or wait for it. The system frees it when its holder ends, however that is."""
    told = False
    while True:
        try:
            if os.name == "nt":
                import msvcrt

                return msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            import fcntl

            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (11, 13, 35, 36):  # held by another; else: a disk that knows no locks
                return None
            if not told:
                print("Another kit.py is installing: this one waits for it.", flush=True)
            told = True
            time.sleep(0.2)


def renew(files, missing, lock):
    """Add a set that was never there to .venv; for all else make a new .venv, aside from the old one."""
    added = files[0] not in missing and not any(os.path.exists(stamp_of(VENV, name)) for name in missing)
    venv = VENV if added else NEXT
    if venv == NEXT:
        missing = files
        make_venv(lock)
    for name in missing:
        print("Installing {} (once; a minute or so) ...".format(name), flush=True)
        # Said here, since a file of settings for pip may say otherwise.
        into = [
            "--no-user",
            "--target=",
            "--prefix=" + venv,
            "--root=" + os.path.splitdrive(HERE)[0] + os.sep,
        ]
        run([python_of(venv)] + PIP + into + ["-r", name], "The packages could not be installed:", lock)
        if venv == NEXT and name == files[0] and VENV.endswith(".venv"):
            register = os.path.join(HERE, "srm_data", "setup", "register_kit.py")
            run([python_of(venv), "-I", register], "The kit could not be registered with Jupyter:", lock)
        stamp(venv, files, name)
    if venv == NEXT:
        swap()


def make_venv(lock):
    """Make an empty environment beside .venv, or say why that cannot be."""
    python = "python{}.{}".format(*sys.version_info)
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python lacks a part: type `sudo apt install {}-venv`, then try again.".format(python))
    if len(HERE) > LONGEST and not long_names_work():
        sys.exit(TOO_LONG)
    if shutil.disk_usage(HERE).free < 10**9:
        fail("No space left", "")
    if sys.version_info >= (3, 15):
        print("The kit was not tried with {}: if it fails, use 3.11 to 3.14.".format(python), flush=True)
    remove(NEXT)
    outer = getattr(sys, "_base_executable", sys.executable)  # not the one inside the .venv that goes
    run([outer, "-I", "-m", "venv", NEXT], "The .venv could not be made:", lock)


def long_names_work():
    """Does this system open files whose whole name has more than 259 signs?"""
    if os.name != "nt":
        return True
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1
    except OSError:  # a Windows from before there was such a setting
        return False


def swap():
    """Put the new environment in the place of the old one."""
    # Its scripts name the folder they were made in. Both names are equally long, so that an .exe stays whole.
    scripts = glob.glob(os.path.join(glob.escape(os.path.dirname(python_of(NEXT))), "*"))
    for script in [os.path.join(NEXT, "pyvenv.cfg")] + scripts:
        if os.path.isfile(script) and not os.path.islink(script):
            with open(script, "rb+") as file:
                text = file.read()
                file.seek(0)
                file.write(text.replace(NEXT.encode(), VENV.encode()))
    remove(GONE)
    if os.path.lexists(VENV):
        os.rename(VENV, GONE)
    os.rename(NEXT, VENV)
    remove(GONE)


def remove(venv):
    """Remove an environment; what another program holds open goes at the next occasion."""
    if os.path.islink(venv):
        os.unlink(venv)
    shutil.rmtree(venv, ignore_errors=True)


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
        sys.exit("The kit needs Python 3.11 to 3.14, this is {}.{}: see python.org".format(*sys.version_info))
    for name in filter(ASTRAY.match, list(os.environ)):
        del os.environ[name]
    start, files = COMMANDS[command]
    if command == "class":
        move_to("-class")
    install(files, old_will_do=command != "test")
    if command in ("lab", "test", "doctor"):
        os.chdir(HERE)  # but the --out of the others means the folder you are in
    python = python_of(VENV) if os.path.exists(python_of(VENV)) else sys.executable
    call = [python, "-P"] + start + words  # -P: no module is taken from the folder you are in
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
