"""Every setting of Haven, in one file. A secret comes from the environment, or from the file that `NAME_FILE` names."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from haven.config import place, wagtail
from haven.rulebook import shelf

BASE = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """The value of HAVEN_`name`, or what is in the file HAVEN_`name`_FILE names (Docker and systemd secrets)."""
    file = os.environ.get(f"HAVEN_{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(f"HAVEN_{name}", default)


def flag(name: str) -> bool:
    return env(name).lower() in {"1", "true", "yes", "on"}


def secret(name: str) -> str:
    """A secret from the environment, else from the data folder, where `haven` makes it at first start."""
    kept = DATA / "secrets" / name.lower()
    return env(name) or (kept.read_text().strip() if kept.exists() else "")


# Where everything lies. The demo announces itself, and listens on loopback only (see cli.py).
DATA = Path(env("DATA", "data")).resolve()
DEMO = flag("DEMO")
DEBUG = flag("DEBUG")
ZONES = frozenset(env("ZONES", place.EVERY_ZONE).split(","))
SECRET_KEY = secret("SECRET_KEY")
STATE_KEY = secret("STATE_KEY").encode()
ALLOWED_HOSTS = env("HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_ADDRESS = env("ADDRESS", "http://127.0.0.1:8000")
HTTPS = PUBLIC_ADDRESS.startswith("https://")

# The promises of the institution. A wrong rulebook stops the start here, with file, key and remedy.
RULEBOOK = Path(env("RULEBOOK", str(BASE.parent / "rulebooks" / "example")))
shelf.open_at(RULEBOOK)

# Keys (security.md 2.4, 2.8). The roots are the two readers of the installation ceremony, kept outside the database.
VAULT_ROOTS = tuple(filter(None, env("ROOTS").split(","))) or tuple(
    (DATA / "secrets" / "roots").read_text().split() if (DATA / "secrets" / "roots").exists() else ()
)
VAULT_ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 1}
JOINING_HOURS = int(env("JOINING_HOURS", "72"))

# Files. Sealed while they arrive, at the doors that ask for them (intake/doorway.py); nowhere else is one kept. Text
# in a form is small, because the words travel in it at every step.
BLOB_ROOT = DATA / "blobs"
CLAMAV = env("CLAMAV")  # the socket of its daemon, or host:port on this machine; empty: files are not scanned
UPLOAD_MAX_BYTES = int(env("UPLOAD_MAX_BYTES", str(100 * 1024 * 1024)))
FILE_UPLOAD_HANDLERS = ["haven.vault.handler.NoFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # the form says itself how many; above this Django drops the whole form

# From how many reports in a minute on sending takes a moment of work or some seconds (reporter/pressure.py). 0: never.
PRESSURE = int(env("PRESSURE", "60"))

# Backups: where they go, and who can open them. The private halves of these keys are never on the server.
BACKUPS = Path(env("BACKUPS")) if env("BACKUPS") else None
BACKUP_RECIPIENTS = tuple(env("BACKUP_RECIPIENTS").replace(",", " ").split())

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"haven.{app}" for app in ("ui", "vault", "trail", "people", "notices", "register", "cases", "dialogue")),
    *(f"haven.{app}" for app in ("complaints", "counsel", "voices", "reporter", "parties", "desk", "clock")),
    "django.forms",  # its templates, after ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "haven.desk.middleware.KeyringMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "haven.config.urls"
WSGI_APPLICATION = "haven.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [BASE / "pages" / "templates"],  # the page for input is there also where the site is not
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haven.ui.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "haven.ui.templatetags.ui"],
        },
    }
]

# Database: SQLite inside, or PostgreSQL by DATABASE_URL. FULL, since NORMAL loses acknowledged reports in a power cut.
SQLITE = {
    "ENGINE": "haven.config.sqlite",
    "NAME": DATA / "haven.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
        "PRAGMA foreign_keys=ON",
    },
}


def postgresql(address: str) -> dict[str, object]:
    """postgresql://person:password@host:port/name?option=value, as Django wants it, with a connection pool."""
    url = urlsplit(address)
    options: dict[str, object] = {"pool": True, "options": "-c lock_timeout=10s", **dict(parse_qsl(url.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "OPTIONS": options,
    }


DATABASE_URL = os.environ.get("DATABASE_URL") or env("DATABASE_URL")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else SQLITE}

# Who you are (allauth). What you can open is another matter: see vault/unlocking.py.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:inbox"
ACCOUNT_ADAPTER = "haven.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key"}  # addresses never arrive: see wsgi.py
MFA_ADAPTER = "haven.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds either way: clocks of telephones differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # a passkey wants https; the demo has none
CACHES = {
    "default": {"BACKEND": "haven.people.tries.Tries"},  # counted for all processes together
}
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # goes with the session, also at sign-out

# Cookies and headers. `same-origin`, not `no-referrer`: Chromium then sends `Origin: null` and every form fails.
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}desk"
CSRF_COOKIE_NAME = f"{_prefix}form"
UNLOCK_COOKIE_NAME = f"{_prefix}unlock"
KNOWN_COOKIE_NAME = f"{_prefix}known"
MAILBOX_COOKIE_NAME = f"{_prefix}mailbox"
PARTY_COOKIE_NAME = f"{_prefix}letter"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

# Mail: by SMTP settings, in the demo to a folder one can look at. Never a word of a case (see notices).
SMTP = {
    "host": env("SMTP_HOST"),
    "port": int(env("SMTP_PORT", "587")),
    "username": env("SMTP_USER"),
    "password": env("SMTP_PASSWORD"),
    "use_tls": flag("SMTP_TLS"),
    "timeout": 10,
}
MAILERS = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": SMTP}
    if SMTP["host"]
    else {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": DATA / "mail"}}
}
DEFAULT_FROM_EMAIL = env("MAIL_FROM", "haven@localhost")

# Languages are in the address; nothing remembers what somebody chose.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "haven.config.styles.StaticFiles"},
}

# Nothing of a request in a log: no local variables, no form, no headers, and no mail to administrators.
DEFAULT_EXCEPTION_REPORTER = "haven.config.silence.QuietReporter"
LOGGING_CONFIG = "haven.config.silence.configure"
LOGGING = {"silent": True}  # Django asks for that function only when there is something here

# What editors work with costs memory, and the other doors do without: only where the site is open.
if "site" in ZONES:
    INSTALLED_APPS += wagtail.APPS
    MIDDLEWARE = [wagtail.FIRST, *MIDDLEWARE]
    STORAGES["default"] = wagtail.pictures(DATA)
    CACHES |= wagtail.caches(int(env("KEEP_PAGES", "60")))
    WAGTAILADMIN_BASE_URL, WAGTAIL_CONTENT_LANGUAGES = PUBLIC_ADDRESS, LANGUAGES
    globals().update(wagtail.SETTINGS)
