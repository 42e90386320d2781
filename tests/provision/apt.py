"""Debian packages, for when we are root on Debian or Ubuntu."""

import os
import shutil
import subprocess
import sys

TIME_LIMIT = 600  # seconds; a slow mirror, not a hanging one


def available():
    """Say whether packages can be installed here at all."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages):
    """Install packages and say whether that worked."""
    if not available():
        return False
    print(f"Installing {', '.join(packages)} with apt-get ...", flush=True)
    # A bare image has no package lists. An update that fails may still leave usable ones.
    _apt_get("update")
    return _apt_get("install", "-y", "--no-install-recommends", *packages)


def _apt_get(*arguments):
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *arguments]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        print(f"apt-get {arguments[0]} took more than {TIME_LIMIT} seconds", file=sys.stderr)
        return False
    if done.returncode:
        print(done.stdout[-2000:], file=sys.stderr)
    return done.returncode == 0
