"""Kernels that begin as a copy of one process, which has imported pandas and matplotlib already.

To start a kernel and import these takes longer than most lessons take to run, and the tests run about a
hundred kernels. What differs from the kernel of a learner: IPython and what stands in `HEAVY` is in memory
before the first cell, the sets of all copies have one order, and the kernel is no child of the program that
asked for it. Its process, sockets, messages and namespace are its own, and `srm_data` is imported by the
first cell that names it. Kernels of the ordinary way still run lessons in JupyterLab and Notebook 7, and in
`test_run_lesson`, `test_packages` and `test_write_whole`.

The fixture `quick_kernels` in `tests/conftest.py` starts the process that is copied, and has Jupyter start
this file in the place of a kernel: it hands on what it was given, and lives as long as its kernel does.
"""

import copy
import json
import os
import signal
import socket
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

#: What a kernel and the lessons import, and what takes long. None of it opens a thread or a socket when it is
#: imported. ipywidgets is not among them: it speaks to the kernel that imports it.
HEAVY = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "pandas",
    "PIL.Image",
    "jinja2",
    "psygnal",
    "urllib.request",
    "xml.sax.saxutils",
    "yaml",
)

_LENGTH = 8  # bytes that say how long a request is


# What Jupyter starts.


def stand_for_kernel(address, words):
    """Ask the parent for a kernel with our folder, environment and output; end when it ends, as it does."""
    given = {"words": words, "folder": str(Path.cwd()), "environment": dict(os.environ)}
    request = json.dumps(given).encode()
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        socket.send_fds(line, [len(request).to_bytes(_LENGTH, "big")], [0, 1, 2])
        line.sendall(request)
        kernel = int(line.recv(_LENGTH))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: os.kill(kernel, number))
        return int(line.recv(_LENGTH) or b"1")


# The process that is copied.


def serve(address):
    """Import what is heavy, then give a copy of this process to each who asks, until the tests end.

    Standard input is a pipe that they hold the other end of, so it closes whatever becomes of them.
    """
    import gc
    import importlib
    import selectors
    import threading

    with socket.socket(socket.AF_UNIX) as door, selectors.DefaultSelector() as watch:
        door.bind(address)
        door.listen(16)  # who comes early waits
        for name in HEAVY:
            importlib.import_module(name)
        assert threading.active_count() == 1, "a copy has no other thread than the one that makes it"
        gc.freeze()  # so that collecting garbage in a copy does not copy every page of memory
        watch.register(door, selectors.EVENT_READ)
        watch.register(sys.stdin, selectors.EVENT_READ)
        while True:
            for key, _ in watch.select():
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is door:
                    line, _ = door.accept()
                    kernel = _fork(line)
                    end = os.pidfd_open(kernel)
                    for either in (line, end):
                        watch.register(either, selectors.EVENT_READ, (kernel, line, end))
                elif key.fd in watch.get_map():  # the kernel has ended, or who stood for it was killed
                    kernel, line, end = key.data
                    watch.unregister(line)
                    watch.unregister(end)
                    os.kill(kernel, signal.SIGKILL)
                    code = os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1])
                    with line, suppress(BrokenPipeError):
                        line.sendall(str(code).encode())
                    os.close(end)


def _fork(line):
    """Read what is asked and make a kernel of it."""
    head, files, _, _ = socket.recv_fds(line, _LENGTH, 3)
    with line.makefile("rb") as rest:
        request = json.loads(rest.read(int.from_bytes(head, "big")))
    kernel = os.fork()
    if not kernel:
        _be_kernel(files, **request)
    for file in files:
        os.close(file)
    line.sendall(str(kernel).encode())
    return kernel


def _be_kernel(files, words, folder, environment):
    """In the copy: take on what was handed over, and run as `ipykernel_launcher` does."""
    import atexit

    code = 1
    try:
        os.setsid()
        for place, file in enumerate(files):
            os.dup2(file, place)
        os.closerange(3, 1000)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        # A kernel ends when this is no longer its parent.
        sys.argv = ["ipykernel_launcher", *words, f"--IPKernelApp.parent_handle={os.getppid()}"]

        from ipykernel import kernelapp

        kernelapp.launch_new_instance()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


# What the tests start.


class Parent:
    """The process that is copied; it starts when it is first needed."""

    def __init__(self):
        self._process = self._home = self._spec = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._process:
            self._process.stdin.close()  # so it ends, and its kernels with it
            self._process.wait(30)
            self._home.cleanup()

    @contextmanager
    def quick(self):
        """Every kernel that is started is a copy: here, and by a Jupyter that is started here.

        Where the system does not tell through a file that a process has ended, as Linux does, kernels start
        in the ordinary way.
        """
        if not hasattr(os, "pidfd_open"):
            yield
            return
        import ipykernel.kernelspec
        import pytest

        if not self._process:
            self._start(ipykernel.kernelspec.get_kernel_dict())
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JUPYTER_PATH", self._home.name)
            patch.setattr(ipykernel.kernelspec, "get_kernel_dict", lambda *_, **__: copy.deepcopy(self._spec))
            yield

    def _start(self, spec):
        import subprocess
        import tempfile

        self._home = tempfile.TemporaryDirectory(prefix="srm-kernels-")  # the name of a socket must be short
        address = f"{self._home.name}/socket"
        call = [sys.executable, "-IS", __file__, "stand", address, "-f", "{connection_file}"]
        self._spec = spec | {"argv": call}
        folder = Path(self._home.name, "kernels", "python3")
        folder.mkdir(parents=True)
        (folder / "kernel.json").write_text(json.dumps(self._spec), "utf-8")
        more = {
            "PYTHONPATH": str(Path(__file__).parent.parent),  # kernels import this srm_data and no other
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as ipykernel says before a lesson
        }
        self._process = subprocess.Popen(
            [sys.executable, __file__, "serve", address],
            stdin=subprocess.PIPE,
            env=os.environ | more,
            start_new_session=True,  # Ctrl-C is for the tests
        )
        while not Path(address).exists():
            assert self._process.poll() is None, "the parent of the kernels did not start"
            time.sleep(0.01)


if __name__ == "__main__":
    what, socket_file, *words_of_jupyter = sys.argv[1:]
    if what == "serve":
        del sys.path[0]
        serve(socket_file)
    else:
        sys.exit(stand_for_kernel(socket_file, words_of_jupyter))
