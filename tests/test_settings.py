"""A missing or bad value in the environment stops the start with a sentence that names it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
LOCAL = {"DEBUG": "1"}
PRODUCTION = {
    "SECRET_KEY": "k7#zQ2!vLw9$eRt4@yUi8^oPa1&sDf6*gHj3(kLx5)cVb0-nMq7_wEr",
    "ALLOWED_HOSTS": "kort.example.dk",
    "EMAIL_URL": "submission://user:password@mail.example.dk:587",
}


def manage(tmp_path, variables, *arguments):
    """Run manage.py with these variables and nothing of the environment that the tests run in."""
    python_path = {"PATH": os.defpath, "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"DATA_DIR": str(tmp_path / "data"), **python_path, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def without(name):
    return {key: value for key, value in PRODUCTION.items() if key != name}


BAD = {
    "DEBUG is no yes or no": (LOCAL | {"DEBUG": "maybe"}, "DEBUG"),
    "DEMO is no yes or no": (LOCAL | {"DEMO": "perhaps"}, "DEMO"),
    "SSL_REDIRECT is no yes or no": (PRODUCTION | {"SSL_REDIRECT": "often"}, "SSL_REDIRECT"),
    "BEHIND_PROXY is no yes or no": (PRODUCTION | {"BEHIND_PROXY": "2"}, "BEHIND_PROXY"),
    "DATABASE_URL of no known kind": (LOCAL | {"DATABASE_URL": "nonsense://x"}, "DATABASE_URL"),
    "DATABASE_URL is no address": (LOCAL | {"DATABASE_URL": "my database"}, "DATABASE_URL"),
    "DATABASE_URL with a bad port": (
        LOCAL | {"DATABASE_URL": "postgres://a@localhost:port/b"},
        "DATABASE_URL",
    ),
    "EMAIL_URL is no address": (LOCAL | {"EMAIL_URL": "garbage"}, "EMAIL_URL"),
    "EMAIL_URL of no known kind": (LOCAL | {"EMAIL_URL": "pigeon://loft"}, "EMAIL_URL"),
    "EMAIL_URL with a bad port": (LOCAL | {"EMAIL_URL": "smtp://mail.dk:many"}, "EMAIL_URL"),
    "PHOTO_MAX_MB is nothing": (LOCAL | {"PHOTO_MAX_MB": "0"}, "PHOTO_MAX_MB"),
    "PHOTO_MAX_MB is too much": (LOCAL | {"PHOTO_MAX_MB": "5000"}, "PHOTO_MAX_MB"),
    "PHOTO_MAX_MB is no number": (LOCAL | {"PHOTO_MAX_MB": "abc"}, "PHOTO_MAX_MB"),
    "IMPORT_MAX_MB is nothing": (LOCAL | {"IMPORT_MAX_MB": "0"}, "IMPORT_MAX_MB"),
    "IMPORT_MAX_MB is no number": (LOCAL | {"IMPORT_MAX_MB": "big"}, "IMPORT_MAX_MB"),
    "TILE_URL without {z}": (LOCAL | {"TILE_URL": "https://tiles.example.dk/x.png"}, "TILE_URL"),
    "TILE_URL without https": (
        LOCAL | {"TILE_URL": "http://tiles.example.dk/{z}/{x}/{y}.png"},
        "TILE_URL",
    ),
    "TILE_URL with {s}, which the policy cannot name": (
        LOCAL | {"TILE_URL": "https://{s}.tiles.example.dk/{z}/{x}/{y}.png"},
        "TILE_URL",
    ),
    "SITE_URL without its scheme": (LOCAL | {"SITE_URL": "kort.example.dk"}, "SITE_URL"),
    "SITE_URL of another kind": (LOCAL | {"SITE_URL": "ftp://kort.example.dk"}, "SITE_URL"),
    "SITE_URL with a page": (LOCAL | {"SITE_URL": "https://kort.example.dk/me/"}, "SITE_URL"),
    "no SITE_URL where every host is allowed": (
        PRODUCTION | {"ALLOWED_HOSTS": "*"},
        "SITE_URL",
    ),
    "TIME_ZONE that is nowhere": (LOCAL | {"TIME_ZONE": "Europe/Urbanplanen"}, "TIME_ZONE"),
    "LOG_LEVEL that is none": (LOCAL | {"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    "HSTS_SECONDS is no number": (PRODUCTION | {"HSTS_SECONDS": "year"}, "HSTS_SECONDS"),
    "HSTS_SECONDS below nothing": (PRODUCTION | {"HSTS_SECONDS": "-5"}, "HSTS_SECONDS"),
    "DATA_DIR that cannot be": (
        LOCAL | {"DATA_DIR": str(ROOT / "manage.py" / "data")},
        "DATA_DIR",
    ),
    "MEDIA_STORAGE that is none": (LOCAL | {"MEDIA_STORAGE": "no.such.Storage"}, "MEDIA_STORAGE"),
    **{f"production without {name}": (without(name), name) for name in PRODUCTION},
    **{f"production with {name} empty": (PRODUCTION | {name: ""}, name) for name in PRODUCTION},
    "production that believes it is local": (
        without("SECRET_KEY") | {"DEBUG": "0", "DEMO": "no"},
        "SECRET_KEY",
    ),
}


@pytest.mark.parametrize(("variables", "name"), BAD.values(), ids=BAD)
def test_a_bad_value_stops_the_start_with_one_sentence_that_names_it(tmp_path, variables, name):
    done = manage(tmp_path, variables, "check")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_an_origin_without_its_scheme_stops_the_start_too(tmp_path):
    done = manage(tmp_path, PRODUCTION | {"CSRF_TRUSTED_ORIGINS": "kort.example.dk"}, "check")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "CSRF_TRUSTED_ORIGINS" in done.stderr


def test_the_examples_in_the_sentences_work(tmp_path):
    """Whoever follows one sentence after the other has a site that starts."""
    variables = {}
    for _ in range(10):
        done = manage(tmp_path, variables, "check")
        if done.returncode == 0:
            break
        found = re.search(r"for example (\w+)=(\S+)", done.stderr)
        assert found, done.stderr
        assert found[1] not in variables, done.stderr
        variables[found[1]] = found[2]
    assert set(variables) == set(PRODUCTION)
    mail = settings_of(tmp_path, variables, "POST_OFFICE", "EMAIL_USE_TLS", "EMAIL_PORT")
    backends = {"default": "django.core.mail.backends.smtp.EmailBackend"}
    assert mail["POST_OFFICE"]["BACKENDS"] == backends
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_PORT"]) == (True, 587)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense://anna:hunter2@db/x"),
        ("DATABASE_URL", "postgres://anna:hunter2@db:port/x"),
        ("EMAIL_URL", "pigeon://bo:hunter2@mail"),
        ("EMAIL_URL", "smtp://bo:hunter2@mail:many"),
    ],
)
def test_a_password_is_not_repeated_when_its_address_is_refused(tmp_path, name, value):
    done = manage(tmp_path, LOCAL | {name: value}, "check")
    assert done.returncode != 0
    assert "hunter2" not in done.stderr + done.stdout


def test_a_site_of_ones_own_needs_no_variables_but_one(tmp_path):
    done = manage(tmp_path, LOCAL, "check")
    assert done.returncode == 0, done.stderr
    key = tmp_path / "data" / "secret-key"
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_text()
    manage(tmp_path, LOCAL, "check")
    assert key.read_text() == before


def test_a_good_production_environment_passes_the_check_for_deployment(tmp_path):
    done = manage(tmp_path, PRODUCTION, "check", "--deploy", "--fail-level", "ERROR")
    assert done.returncode == 0, done.stderr
    # Subdomains and the preload list of browsers are for whoever owns the whole domain.
    left = {"security.W005", "security.W021"}
    found = {word.strip("()?:") for word in done.stderr.split() if "security.W" in word}
    assert found <= left, done.stderr


SHOW = (
    "import json; from django.conf import settings as s; "
    "print(json.dumps({name: getattr(s, name) for name in {}}, default=str))"
)


def settings_of(tmp_path, variables, *names):
    """Return the values that settings get in an environment."""
    show = SHOW.replace("{}", repr(names), 1)
    done = manage(tmp_path, variables, "shell", "--no-imports", "-c", show)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_production_is_strict(tmp_path):
    names = ["DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    found = settings_of(tmp_path, PRODUCTION, *names, "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS")
    assert [found[name] for name in names] == [False, False, True, True, True]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["ALLOWED_HOSTS"] == ["kort.example.dk"]
    assert not (tmp_path / "data" / "secret-key").exists()


def test_variables_reach_the_settings(tmp_path):
    variables = PRODUCTION | {
        "DATABASE_URL": "postgres://anna:secret@db.example.dk:5433/kort",
        "MAIL_FROM": "Kortet <kort@example.dk>",
        "PHOTO_MAX_MB": "3",
        "IMPORT_MAX_MB": "7",
        "TILE_URL": "https://tiles.example.dk/{z}/{x}/{y}.png",
        "SSL_REDIRECT": "no",
        "BEHIND_PROXY": "yes",
    }
    names = ["DATABASES", "DEFAULT_FROM_EMAIL", "PHOTO_MAX_BYTES", "TILE_ORIGINS"]
    names += ["IMPORT_MAX_BYTES"]
    names += ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "SECURE_SSL_REDIRECT"]
    names += ["SECURE_PROXY_SSL_HEADER", "CONTENT_SECURITY_POLICY"]
    found = settings_of(tmp_path, variables, *names)
    database = found["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.dk",
        5433,
        "kort",
    )
    assert found["DEFAULT_FROM_EMAIL"] == "Kortet <kort@example.dk>"
    assert found["PHOTO_MAX_BYTES"] == 3 * 1024**2
    assert found["IMPORT_MAX_BYTES"] == 7 * 1024**2
    assert found["EMAIL_HOST"] == "mail.example.dk"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (587, True)
    assert found["SECURE_SSL_REDIRECT"] is False
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    images = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
    assert found["TILE_ORIGINS"] == ["https://tiles.example.dk"]
    assert "https://tiles.example.dk" in images


def test_a_space_after_a_comma_makes_no_host_of_its_own(tmp_path):
    lists = {
        "ALLOWED_HOSTS": "kort.example.dk, www.example.dk",
        "CSRF_TRUSTED_ORIGINS": "https://kort.example.dk, https://www.example.dk",
    }
    found = settings_of(tmp_path, PRODUCTION | lists, *lists)
    assert found == {name: value.split(", ") for name, value in lists.items()}


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        (LOCAL, "http://127.0.0.1:8000"),
        (PRODUCTION, "https://kort.example.dk"),
        (PRODUCTION | {"ALLOWED_HOSTS": ".example.dk, kort.example.dk"}, "https://example.dk"),
        (
            PRODUCTION | {"SITE_URL": "https://kort.example.dk:8443/"},
            "https://kort.example.dk:8443",
        ),
    ],
)
def test_mails_know_the_address_of_the_site(tmp_path, variables, address):
    assert settings_of(tmp_path, variables, "SITE_URL") == {"SITE_URL": address}


def test_sqlite_waits_for_its_turn_and_keeps_foreign_keys(tmp_path):
    found = settings_of(tmp_path, LOCAL, "DATABASES")["DATABASES"]["default"]
    assert found["NAME"] == str(tmp_path / "data" / "db.sqlite3")
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_application_server_says_the_same(tmp_path):
    """The start of a web process shows the sentence too, not only manage.py."""
    done = subprocess.run(
        [sys.executable, "-c", "import assetmap.wsgi"],
        cwd=ROOT,
        env={"DATA_DIR": str(tmp_path), "PATH": os.defpath},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "set SECRET_KEY, for example" in done.stderr.strip().splitlines()[-1]
