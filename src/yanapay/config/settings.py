"""Django settings. What an operator may change stands in ``environment``; nothing else does."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from yanapay.config import environment
from yanapay.config.sign_in import (
    ACCOUNT_ADAPTER,
    ACCOUNT_DEFAULT_HTTP_PROTOCOL,
    ACCOUNT_EMAIL_VERIFICATION,
    ACCOUNT_FORMS,
    ACCOUNT_LOGIN_METHODS,
    ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE,
    ACCOUNT_LOGOUT_REDIRECT_URL,
    ACCOUNT_PRESERVE_USERNAME_CASING,
    ACCOUNT_RATE_LIMITS,
    ACCOUNT_SESSION_REMEMBER,
    ACCOUNT_SIGNUP_FIELDS,
    AUTH_PASSWORD_VALIDATORS,
    AUTH_USER_MODEL,
    AUTHENTICATION_BACKENDS,
    AXES_COOLOFF_TIME,
    AXES_DISABLE_ACCESS_LOG,
    AXES_ENABLE_ADMIN,
    AXES_FAILURE_LIMIT,
    AXES_LOCKOUT_CALLABLE,
    AXES_LOCKOUT_PARAMETERS,
    AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT,
    AXES_RESET_ON_SUCCESS,
    AXES_SENSITIVE_PARAMETERS,
    AXES_USERNAME_CALLABLE,
    AXES_VERBOSE,
    CONTENT_SECURITY_POLICY,
    CSRF_COOKIE_HTTPONLY,
    CSRF_COOKIE_SECURE,
    CSRF_TRUSTED_ORIGINS,
    LOGIN_REDIRECT_URL,
    LOGIN_URL,
    MFA_ALLOW_UNVERIFIED_EMAIL,
    MFA_SUPPORTED_TYPES,
    MFA_TOTP_ISSUER,
    MFA_TOTP_TOLERANCE,
    PASSWORD_HASHERS,
    SECURE_HSTS_SECONDS,
    SECURE_PROXY_SSL_HEADER,
    SECURE_REFERRER_POLICY,
    SECURE_SSL_REDIRECT,
    SESSION_COOKIE_AGE,
    SESSION_COOKIE_SECURE,
    SOCIALACCOUNT_ADAPTER,
    SOCIALACCOUNT_EMAIL_AUTHENTICATION,
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT,
    SOCIALACCOUNT_PROVIDERS,
    X_FRAME_OPTIONS,
)

PACKAGE = Path(__file__).parents[1]
YANAPAY_HOME = environment.HOME
BASE_URL = environment.BASE_URL
OPEN_DATA = environment.OPEN_DATA
YANAPAY_MODE = environment.MODE  # production | demo | test
DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.HOSTS
ROOT_URLCONF = "yanapay.config.urls"
WSGI_APPLICATION = "yanapay.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "template_partials",
    "django_htmx",
    "django_tasks_db",
    "yanapay.base",
    "yanapay.audit",
    "yanapay.accounts",
    "yanapay.notices",
    "yanapay.places",
    "yanapay.centres",
    "yanapay.quality",
    "yanapay.directory",
    "yanapay.linkage",
    "yanapay.surveys",
    "yanapay.mapping",
    "yanapay.roster",
    "yanapay.assistance",
    "yanapay.analytics",
    "yanapay.web",
    "yanapay.api",
]

MIDDLEWARE = [
    "yanapay.api.openrosa.middleware.FieldClients",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yanapay.web.public.caching.OneForAll",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yanapay.web.middleware.ContentSecurityPolicy",
    "yanapay.web.middleware.SignInRequired",
    "yanapay.web.middleware.OwnLanguage",
    "yanapay.web.middleware.NewPasswordFirst",
    "yanapay.web.middleware.ScopeMiddleware",
    "yanapay.web.middleware.ErrorPages",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yanapay.web.context.shell",
            ],
        },
    },
]

FORM_RENDERER = "yanapay.web.rendering.FormRenderer"
FORMAT_MODULE_PATH = "yanapay.web.formats"

# SQLite serves an office: write-ahead log so that readers never wait, every commit on disk before
# the answer, freed pages overwritten so that an erasure leaves nothing behind in the file.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
        "PRAGMA mmap_size=1073741824;"
    ),
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(environment.DATABASE_URL, conn_max_age=60)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Our queries read few rows along an index: compiling a plan, or hiring workers, costs more than that.
    # New texts wait in a list (kB) that every search reads: of the usual 4 MB a search would take a second.
    # A page off its turn costs little more than the next one, on a disk of today: told that it costs
    # four times as much, the planner read all 50,000 words of the vocabulary to find 300 of them.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c jit=off -c max_parallel_workers_per_gather=0 "
        "-c gin_pending_list_limit=64 -c random_page_cost=1.1"
    )

# Pages of the public site have a cache of their own: they must not push out what limits attempts.
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES: dict[str, Any] = {
    "default": {"BACKEND": _MEMORY, "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "pages": {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 300}},
}

# Without this Django tells nobody of a fault: it writes to the console in debugging only.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "dated": {
            "class": "yanapay.config.logs.WithoutKeys",
            "format": "{asctime} {levelname} {message}",
            "style": "{",
        }
    },
    "handlers": {"error_output": {"class": "logging.StreamHandler", "formatter": "dated"}},
    "loggers": {
        name: {"handlers": ["error_output"], "level": "ERROR"}
        for name in ("django.request", "yanapay.web")
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = environment.LANGUAGE
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "locale/borrowed"]
TIME_ZONE = environment.TIME_ZONE
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = YANAPAY_HOME / "static"
STATICFILES_DIRS = [PACKAGE / "web/static"]
MEDIA_ROOT = YANAPAY_HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = environment.UPLOAD_LIMIT_MB * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # ODK Collect sends up to 101 in one request
OPENROSA_LIMIT = environment.ANSWER_LIMIT_MB * 1_000_000  # told to field clients, which split by it
