"""Settings, read from the environment: README.md lists the variables.

A missing or bad value stops the start with a sentence that names the variable.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from assetmap import sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
LOCAL = DEBUG or DEMO  # on one's own machine: plain http, mail printed, a key made on the spot

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR cannot be used: {error}") from None


def local_secret_key():
    """Return a key kept in DATA_DIR, so that all server processes sign alike."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


def required(read, name, example):
    """Read a variable that only a site on one's own machine may leave out."""
    if not env.str(name, ""):
        raise ImproperlyConfigured(f"set {name}, for example {name}={example}")
    return read(name)


def host_list(name, default=None):
    """Read a list with commas; spaces around the names do no harm."""
    return env.list(name, *([] if default is None else [default]), subcast=str.strip)


SECRET_KEY = (
    env.str("SECRET_KEY", "") or local_secret_key()
    if LOCAL
    else required(env.str, "SECRET_KEY", "a-long-random-text")
)
ALLOWED_HOSTS = (
    host_list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
    if LOCAL
    else required(host_list, "ALLOWED_HOSTS", "kort.example.dk")
)
CSRF_TRUSTED_ORIGINS = host_list("CSRF_TRUSTED_ORIGINS", [])
# For links in mails that no page sends, and so nobody's browser says where the site is.
SITE_URL = env.str("SITE_URL", "") or (
    "http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0].removeprefix('.')}"
)
SITE_URL = SITE_URL.rstrip("/")
if not re.fullmatch(r"https?://[^\s/*?#]+", SITE_URL):
    raise ImproperlyConfigured(
        "SITE_URL must be the site's address and begin with http:// or https://, "
        "for example SITE_URL=https://kort.example.dk"
    )

INSTALLED_APPS = [
    "assetmap.apps.AdminConfig",
    *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"),
    *("django.contrib.messages", "django.contrib.humanize"),
    "whitenoise.runserver_nostatic",
    "assetmap.apps.StaticFilesConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "formtools",
    "leaflet",
    "ninja",
    "post_office",
    "assetmap.areas",
    "assetmap.inventory",
    "assetmap.explore",
    "assetmap.exchange",
    "assetmap.network",
    "assetmap.activities",
    "assetmap.partners",
    "assetmap.demo",
    "assetmap.upkeep",
    "residents",
    "associations",
    "institutions",
    "places",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "assetmap.urls"
WSGI_APPLICATION = "assetmap.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assetmap.areas.context.site",
            ],
        },
    },
]

# Data -------------------------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = sqlite.OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHE = "django.core.cache.backends"
CACHES = {
    # Only the limits on guessing are kept here; all processes must count together.
    "default": {
        "BACKEND": f"{CACHE}.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "network": {"BACKEND": f"{CACHE}.filebased.FileBasedCache", "LOCATION": DATA_DIR / "network"},
}

MEDIA_ROOT = env.path("MEDIA_ROOT", DATA_DIR / "media")
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_STORAGE = env.str("MEDIA_STORAGE", "django.core.files.storage.FileSystemStorage")
try:
    known_storage = find_spec(MEDIA_STORAGE.rpartition(".")[0])
except (ImportError, ValueError):
    known_storage = None
if not known_storage:
    raise ImproperlyConfigured(f"MEDIA_STORAGE names no storage class: {MEDIA_STORAGE}")
STORAGES = {
    "default": {"BACKEND": MEDIA_STORAGE},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "assetmap.storage.StaticStorage"
    },
}
PHOTO_MAX_BYTES = env.int("PHOTO_MAX_MB", 15, validate=validate.Range(1, 100)) * 1024**2
PHOTO_MAX_PIXELS = 50_000_000
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", 100, validate=validate.Range(1, 300)) * 1024**2
FILE_UPLOAD_HANDLERS = [
    "assetmap.exchange.importing.upload.LimitHandler",
    *global_settings.FILE_UPLOAD_HANDLERS,
]

# People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "areas.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "explore:everywhere"
ACCOUNT_ADAPTER = "assetmap.areas.adapter.InvitedOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # the mailed code proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to those who have no account here
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Beside allauth's own: what somebody without an account may do, by assetmap.areas.limits.
ACCOUNT_RATE_LIMITS = {
    "open_receipt": "10/m/ip,60/h/ip",
    "answer_approval": "10/m/ip,60/h/ip",
    "register": "30/h/ip",  # a library's computers share an address
    "propose": "20/h/ip",
    "recognise": "20/h/ip",
    "send_link": "5/h/ip,3/h/key",
    "api_token": "60/m/ip",  # tokens that open nothing
}

EMAIL = (
    env.dj_email_url("EMAIL_URL", "console:")
    if LOCAL
    else required(env.dj_email_url, "EMAIL_URL", "submission://user:password@mail.example.dk:587")
)
if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured("EMAIL_URL must begin with submission://, smtp:// or console:")
EMAIL_BACKEND = "assetmap.areas.mail.QueueBackend"
POST_OFFICE = {"BACKENDS": {"default": EMAIL["EMAIL_BACKEND"]}, "LOG_LEVEL": 0}
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "assetmap <noreply@localhost>")

# Languages and time -----------------------------------------------------------------------

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Copenhagen")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured("TIME_ZONE must be a name such as Europe/Copenhagen")
USE_TZ = True

# The map ----------------------------------------------------------------------------------

# An outside tile server sees every visitor's address: none unless asked for.
TILE_URL = env.str("TILE_URL", "")
TILE_CREDIT = env.str("TILE_CREDIT", "")
if TILE_URL and not re.fullmatch(r"https://[^{]+\{z\}[^{]*\{[xy]\}[^{]*\{[xy]\}[^{]*", TILE_URL):
    raise ImproperlyConfigured(
        "TILE_URL must look like https://tiles.example.dk/{z}/{x}/{y}.png, with no {s}"
    )
TILE_ORIGINS = ["/".join(TILE_URL.split("/")[:3])] if TILE_URL else []
LEAFLET_CONFIG = {"NO_GLOBALS": True}

# Safety -----------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", not LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = (
    0 if LOCAL else env.int("HSTS_SECONDS", 31_536_000, validate=validate.Range(min=0))
)
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else all visitors would share the proxy's limits
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "assetmap.areas.views.csrf_failure"
LANGUAGE_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # an association with years of figures
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_ORIGINS],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", "WARNING")},
}
