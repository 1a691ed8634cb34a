"""Starts the server of a learner as a process of this machine, in the learner's own folder.

Under root each learner gets a number of their own instead of an account of the system: nothing is added to
``/etc/passwd``, a learner who is called "root" is a learner, and a folder says by its owner whose it is. The
system itself then keeps the folders apart.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Integer, Unicode


class LearnerSpawner(LocalProcessSpawner):
    """The server of one learner; `learners` is the folder with the folders of all."""

    learners = Unicode(config=True, help="The folder that holds a folder for each learner.")
    logs = Unicode(config=True, help="The folder for what the servers of learners say.")
    first_number = Integer(
        # systemd and the tools for containers give out numbers below 1,879,048,192 (systemd, UIDS-GIDS)
        1_900_000_000,
        config=True,
        help="Learners are numbered from here. 0: all are the account that runs the hub, for a trial only.",
    )

    def home(self) -> Path:
        """The folder of this learner; a name from a single sign-on may hold any sign."""
        name = quote(self.user.name, safe="@")
        return Path(self.learners, f"%2E{name[1:]}" if name.startswith(".") else name)

    def make_home(self) -> Path:
        """Make the folder when it is not there, closed to all others; give it the next free number.

        Raises:
            OSError: when it cannot be made.
        """
        home = self.home()
        if home.is_dir():
            return home
        home.parent.mkdir(parents=True, exist_ok=True)
        home.parent.chmod(0o711)  # learners pass through it, and cannot list who there are
        number = self._next_number()
        new = home.with_name(f".{os.getpid()}.new")
        new.mkdir(mode=0o700, exist_ok=True)
        if self.first_number:
            os.chown(new, number, number)
        new.rename(home)  # in one step: a folder that is there has its owner
        return home

    def _next_number(self) -> int:
        taken = [folder.stat().st_uid for folder in Path(self.learners).iterdir()]
        return max([self.first_number - 1, *taken]) + 1

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """What the new process does before it becomes the server: it becomes the learner.

        Args:
            name: of the learner.

        Raises:
            PermissionError: when the folder of the learner belongs to somebody else.
        """
        home = self.make_home()
        number = home.stat().st_uid if self.first_number else 0
        if number < self.first_number:  # a folder of root or of a person: nobody may become that
            raise PermissionError(f"{home} belongs to account {number}: see that it belongs to its learner.")

        def become_learner() -> None:
            os.umask(0o077)
            with suppress(OSError):  # when memory is full, the system ends a learner and not the hub
                Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
            if number:
                os.setgroups([])
                os.setgid(number)
                os.setuid(number)
            os.chdir(home)

        return become_learner

    async def start(self) -> tuple[str, int]:
        """Start the server; what it says goes into a file of its own, and not into the folder of the learner.

        There a learner could lay a link in its place, and the hub would write where the link leads.
        """
        Path(self.logs).mkdir(mode=0o700, parents=True, exist_ok=True)
        with Path(self.logs, f"{self.home().name}.txt").open("wb") as log:
            self.popen_kwargs = {"stdout": log, "stderr": log}
            return await super().start()

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """The variables that tell a process who it runs for.

        Args:
            env: what the hub gives every server.
        """
        home = str(self.home())
        return env | {"HOME": home, "USER": self.user.name, "LOGNAME": self.user.name, "SHELL": "/bin/bash"}
