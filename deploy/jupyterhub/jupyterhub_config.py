"""Settings of JupyterHub for a class on one machine; ``README.md`` beside this file tells how to use them.

What differs from class to class stands in the environment (``SRM_CLASS``, ``SRM_CLASS_PORT``,
``SRM_CLASS_TOGETHER``, ``SRM_CLASS_TRIAL``) and in ``own_settings.py`` in the folder of the class, which is
read last.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from accounts import ClassAuthenticator, read_accounts  # noqa: E402 - they lie beside this file
from spawner import LearnerSpawner  # noqa: E402

c = get_config()  # noqa: F821 - JupyterHub gives it to this file

folder = Path(os.environ.get("SRM_CLASS", "/srv/class")).absolute()
port = int(os.environ.get("SRM_CLASS_PORT", "8000"))
together = os.environ.get("SRM_CLASS_TOGETHER") == "1"
if os.geteuid() != 0 and not together:
    sys.exit(
        "Only root can keep the learners apart: start this with sudo. "
        "For a trial among people who may see each other's answers: SRM_CLASS_TOGETHER=1."
    )
os.umask(0o077)  # learners run code on this machine: what the hub writes is for the hub
folder.mkdir(parents=True, exist_ok=True)
folder.chmod(0o711)  # they pass through it to their own folder, and cannot list it

# This machine only: a web server of the school, with a certificate, stands before it (see README.md).
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = port + 1
c.JupyterHub.db_url = f"sqlite:///{folder / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = [str(HERE / "node_modules" / ".bin" / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")

# The servers of learners go on while the hub is down, so that a restart in a lesson costs nobody anything.
# Those of a trial end with it.
c.JupyterHub.cleanup_servers = together or os.environ.get("SRM_CLASS_TRIAL") == "1"
c.JupyterHub.log_level = "WARN"

listed = folder / "accounts.csv"
c.JupyterHub.authenticator_class = ClassAuthenticator
c.ClassAuthenticator.accounts_file = str(listed)
# Of this authenticator only: with a single sign-on, own_settings.py says who may come in.
c.ClassAuthenticator.allow_all = True  # whom a teacher or the list let in
# Only a teacher in the list: anybody could sign up under the name of one who is not there yet.
c.ClassAuthenticator.admin_users = {"teacher"} & set(read_accounts(listed))
c.ClassAuthenticator.minimum_password_length = 8
c.ClassAuthenticator.allowed_failed_logins = 10

c.JupyterHub.spawner_class = LearnerSpawner
c.LearnerSpawner.learners = str(folder / "learners")
c.LearnerSpawner.logs = str(folder / "logs")
if together:
    c.LearnerSpawner.first_number = 0
    c.Spawner.args = ["--allow-root"]  # for whoever tries this as root, in a container
c.Spawner.cmd = [sys.executable, "-m", "srm_data.setup.class_server"]
c.Spawner.default_url = "/lab/tree/lessons/start.ipynb"
c.Spawner.disable_user_config = True  # what a learner writes into ~/.jupyter cannot keep the lessons away
c.Spawner.environment = {"PYTHONNOUSERSITE": "1"}  # nor can a package of their own
# Thirty who begin at the same moment on two cores: the last one waits, and is not sent away.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
c.Spawner.poll_interval = 5  # a server that was killed is noticed, and the next click starts it again

own = folder / "own_settings.py"
if own.exists():
    load_subconfig(str(own))  # noqa: F821 - JupyterHub gives it to this file
