"""Settings, all of them read from the environment; `heliodesk.server.environment` fills in what
the embedded database and a data folder provide when nothing is set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from heliodesk.core.files_url import files_storage
from heliodesk.core.mail_url import mail_settings, own_mail_address

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; `default` when the variable is not set."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


DEBUG = flag("HELIODESK_DEBUG")
DEMO = flag("HELIODESK_DEMO")
# Only mypy and the style checks import this module without a key; `serve` refuses to run on it.
SECRET_KEY = os.environ.get("HELIODESK_SECRET_KEY", "not-a-secret")
ALLOWED_HOSTS = os.environ.get("HELIODESK_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATA_DIR = Path(os.environ.get("HELIODESK_DATA", BASE_DIR / "var"))

INSTALLED_APPS = [
    "heliodesk.web",
    "heliodesk.core",
    "heliodesk.people",
    "heliodesk.directory",
    "heliodesk.cases",
    "heliodesk.assignments",
    "heliodesk.feed",
    "heliodesk.notices",
    "heliodesk.files",
    "heliodesk.drafts",
    "heliodesk.worklists",
    "heliodesk.list_views",
    "heliodesk.bulk",
    "heliodesk.search",
    "heliodesk.dashboards",
    "heliodesk.api",
    "heliodesk.webhooks",
    "heliodesk.personal_data",
    "heliodesk.set_up",
    "heliodesk.integrations.jira",
    "heliodesk.integrations.engine",
    "heliodesk.integrations.salesforce",
    "heliodesk.quick_texts",
    "heliodesk.live",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "heliodesk.background",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "heliodesk.web.proxies.ProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "heliodesk.web.compress.CompressMiddleware",
    "heliodesk.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "heliodesk.web.guard.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "heliodesk.people.sign_in.middleware.SignedInMiddleware",
    "heliodesk.web.guard.UnkeptMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "heliodesk.web.middleware.ActorMiddleware",
]

ROOT_URLCONF = "heliodesk.urls"
WSGI_APPLICATION = "heliodesk.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "heliodesk.web.jinja.environment",
            "context_processors": ["heliodesk.web.csrf.inputs"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "heliodesk" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "heliodesk.web.context.sign_in",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql:///heliodesk"),
        engine="heliodesk.core.postgres",
        conn_max_age=0,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {
        "pool": {
            "min_size": 1,
            "max_size": int(os.environ.get("HELIODESK_POOL", "8")),
            "timeout": 15,
        },
        # PostgreSQL keeps the plans of statements that come again. Behind a pooler which hands a
        # connection on after each transaction it cannot: HELIODESK_PREPARE=0 there.
        "server_side_binding": True,
        "prepare_threshold": 2 if flag("HELIODESK_PREPARE", default=True) else None,
    }
)

# In a table, so that all processes count guesses at a password together (K1). Who tries many names
# must not push out what was counted for others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["heliodesk.people.sign_in.backend.DeskBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_ADAPTER = "heliodesk.people.sign_in.account.DeskAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# allauth's own keeps addresses in a table of its own beside the person's.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds
# A whole office may come from one address. Failures are counted by the account too (K1).
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "30/m/ip,5/5m/key"}
MFA_ADAPTER = "heliodesk.people.sign_in.factors.DeskMFAAdapter"
MFA_FORMS = {
    "login_webauthn": "heliodesk.people.forms.passkeys.LoginForm",
    "authenticate_webauthn": "heliodesk.people.forms.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "heliodesk.people.forms.passkeys.ReauthenticateForm",
    "add_webauthn": "heliodesk.people.forms.passkeys.AddForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
SOCIALACCOUNT_ADAPTER = "heliodesk.people.single_sign_on.adapter.DeskSocialAccountAdapter"
# The sign-in page leads there by links: the Content Security Policy lets no form lead elsewhere.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "heliodesk.people.single_sign_on.oidc.DeskOpenIDConnectProvider"
    },
    "saml": {"provider_class": "heliodesk.people.single_sign_on.saml.DeskSAMLProvider"},
}
SESSION_ENGINE = "heliodesk.people.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one working day

LANGUAGE_CODE = "en-us"
# One time zone of the desk decides what a day is; times are stored in UTC.
TIME_ZONE = os.environ.get("HELIODESK_TIME_ZONE", "America/Los_Angeles")
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Files are on disk, or where HELIODESK_FILES says (docs/operations.md).
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": files_storage(os.environ.get("HELIODESK_FILES", "")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Background work: each app's jobs stand in its jobs.py (see docs/decisions/background-work.md).
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Whose certificates other systems may show, for a company that signs its own: a file of them.
CERTIFICATES = os.environ.get("HELIODESK_CERTIFICATES", "")

# So many web servers stand before the desk and say who comes, and whether by TLS.
PROXIES = int(os.environ.get("HELIODESK_PROXIES", "0"))

# The address under which people reach the desk: links in mails begin with it.
ADDRESS = os.environ.get("HELIODESK_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# Browsers take passkeys on http://localhost, and nowhere else without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO or ADDRESS.startswith("http://localhost:")
# Without EMAIL_URL no mail is sent, but in the demo, which puts mails into a folder.
MAIL_FOLDER = DATA_DIR / "mail"
MAIL = mail_settings(os.environ.get("EMAIL_URL", "demo:" if DEMO else ""), MAIL_FOLDER)
SENDS_MAIL = bool(MAIL)
EMAIL_BACKEND = MAIL.get("backend", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_FILE_PATH = MAIL_FOLDER
EMAIL_HOST = MAIL.get("host", "localhost")
EMAIL_PORT = MAIL.get("port", 25)
EMAIL_HOST_USER = MAIL.get("user", "")
EMAIL_HOST_PASSWORD = MAIL.get("password", "")
EMAIL_USE_TLS = MAIL.get("starttls", False)
EMAIL_USE_SSL = MAIL.get("tls", False)
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("HELIODESK_MAIL_FROM", "") or own_mail_address(ADDRESS)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("HELIODESK_HTTPS")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "heliodesk": {"level": "INFO"},
        # A page that is not there, or a form that is refused, is no trouble of the server's.
        "django.request": {"level": "ERROR"},
    },
}
