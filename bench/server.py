"""The site as `make demo` serves it, on a free port."""

import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


def collect_static(variables):
    """Collect the static files, hashed and compressed, into the site's folder."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)


@contextmanager
def site(variables):
    """Serve it and yield its address; the socket is open at once, so nobody has to wait."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, number = listening.getsockname()[1], listening.fileno()
        bind = ["--bind", f"fd://{number}", "--workers", "2", "--threads", "4"]
        quiet = ["--no-control-socket", "--log-level", "warning"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "assetmap.wsgi", *bind, *quiet],
            cwd=ROOT,
            env=variables,
            pass_fds=[number],
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
