"""Every setting, read once from the environment; a wrong value stops the start with one clear line."""

import re
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

from project.import_map import import_map, policy_source
from project.static_version import static_version

BASE_DIR = Path(__file__).resolve().parent.parent
# A unix socket's path may be 107 bytes long on Linux (sun_path in unix(7)); "redis.sock" lives in DATA_DIR.
LONGEST_DATA_DIR = 107 - len("/redis.sock")

env = Env()


def _data_dir(text: str) -> Path:
    """Return the folder that holds all we keep, readable by its owner alone if we are the one to make it."""
    folder = Path(text).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f'DATA_DIR "{folder}" cannot be made or is no folder: {error.strerror}') from error
    return folder


def _secret_key(folder: Path) -> str:
    """The key of this installation, made on the first start and readable by its owner alone."""
    path = folder / "secret_key"
    if not path.exists():
        # Written whole under another name first: a kill between the two steps, or a second process, must not leave it empty.
        draft = folder / f"secret_key.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


def _public_url(text: str) -> SplitResult:
    """Return the address that people open, if it is one that we can be found at."""
    address = re.fullmatch(r"https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?", text)
    if not address:
        raise ValueError(
            f'PUBLIC_URL "{text}" must be http or https and a host, with nothing after it, as in https://chat.example'
        )
    return urlsplit(text)


def _limit(text: str) -> tuple[int, int]:
    """Return how many at once, and the ms after which as many may follow; (0, 0) is no limit."""
    if text == "off":
        return 0, 0
    found = re.fullmatch(r"([1-9]\d{0,6})/(\d{0,4})([smhd])", text)
    if not found:
        raise ValueError(f'Limits are written as in 60/30s, 20/h or off, not as in "{text}"')
    seconds = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[found[3]]
    return int(found[1]), int(found[2] or 1) * seconds * 1_000


def _limits() -> dict[str, tuple[int, int]]:
    """What one person may do, by name; a used-up limit fills up evenly. Where LIMITS is off, there are none."""
    usual = {
        # In each room; the first three are counted there.
        "MESSAGES": "60/15s",
        "CHANGES": "60/30s",
        "REPEATS": "3/m",
        "JOINS": "60/m",
        "ROOMS": "20/h",
        "REPORTS": "20/h",
        "HELD": "10/h",
        # Who types and looks at what comes asks about twice a second.
        "SEARCHES": "20/10s",
    }
    found = {name.lower(): _limit(env.str(f"LIMIT_{name}", usual[name])) for name in usual}
    return found if env.bool("LIMITS", True) else dict.fromkeys(found, (0, 0))


try:
    DEBUG = env.bool("DEBUG", False)
    HOST = env.str("HOST", "localhost")
    PORT = env.int("PORT", 7777, validate=validate.Range(1, 65535))
    DATA_DIR = _data_dir(env.str("DATA_DIR", "") or str(BASE_DIR / "data"))
    REDIS_URL = env.str("REDIS_URL", "")
    EMBEDDED_REDIS = not REDIS_URL
    if REDIS_URL and not re.match(r"(redis|rediss|unix)://.", REDIS_URL):
        raise ValueError("REDIS_URL must start with redis://, rediss:// or unix://")
    REDIS_PREFIX = env.str("REDIS_PREFIX", "")
    if not re.fullmatch(r"[\w.-]{0,64}", REDIS_PREFIX, re.ASCII):
        raise ValueError("REDIS_PREFIX must be at most 64 letters, digits and any of . _ -")
    SIGNUP = env.str("SIGNUP", "open", validate=validate.OneOf(["open", "invite", "closed"]))
    MESSAGE_MAX_CHARS = env.int("MESSAGE_MAX_CHARS", 8_000, validate=validate.Range(1, 20_000))
    LIMITS = _limits()
    NEWCOMER_MINUTES = env.int("NEWCOMER_MINUTES", 60, validate=validate.Range(0, 60 * 24 * 30))
    NEWCOMER_LINKS = env.int("NEWCOMER_LINKS", 1, validate=validate.Range(0))
    NEWCOMER_MENTIONS = env.int("NEWCOMER_MENTIONS", 5, validate=validate.Range(0))
    HOT_MESSAGES = env.int("HOT_MESSAGES", 5_000, validate=validate.Range(100))
    PUBLIC_URL = env.str("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
    _ours = _public_url(PUBLIC_URL)
    _port = f":{_ours.port}" if _ours.port else ""
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(0, 10))

    SECRET_KEY = env.str("SECRET_KEY", "") or _secret_key(DATA_DIR)
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'parley.sqlite3'}")}
    if DATABASES["default"].get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ValueError("DATABASE_URL must start with sqlite:/// or postgres://")
    EMAIL = env.dj_email_url("EMAIL_URL", "console://")
    if "EMAIL_BACKEND" not in EMAIL:
        raise ValueError(
            "EMAIL_URL must be console://, submission://user:password@host or smtp://user:password@host:465/?ssl=True"
        )
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
except (EnvError, OSError, ValueError) as error:
    raise ImproperlyConfigured(f"Settings: {error}") from error

if EMBEDDED_REDIS:
    if len(str(DATA_DIR).encode()) > LONGEST_DATA_DIR:
        raise ImproperlyConfigured(
            f'Settings: DATA_DIR "{DATA_DIR}" is too long for a socket; use at most {LONGEST_DATA_DIR} bytes'
        )
    REDIS_URL = f"unix://{DATA_DIR / 'redis.sock'}"

# Origins that a browser may speak to us from. On the own machine, localhost has three names.
_names = ["localhost", "127.0.0.1", "[::1]"] if _ours.hostname == "localhost" else []
ORIGINS = sorted({PUBLIC_URL, *(f"{_ours.scheme}://{name}{_port}" for name in _names)})
if _ours.hostname and _ours.hostname not in ALLOWED_HOSTS and "*" not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_ours.hostname)
CSRF_TRUSTED_ORIGINS = ORIGINS

INSTALLED_APPS = [
    "accounts",
    "chat",
    "project",
    "allauth",
    "allauth.account",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "project.turns.one_by_one",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chat.views.banned.keep_out_the_banned",
]
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
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "ENGINE": "project.sqlite",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # WAL lets readers go on while one writes; FULL syncs each commit, since the record must outlive a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"{REDIS_PREFIX}:cache" if REDIS_PREFIX else "cache",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["accounts.hashing.OffLoopArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Parley] "
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 10
# Without a mail server nobody could answer a verification mail; with one, it also hides who has an account here.
SENDS_MAIL = EMAIL["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SENDS_MAIL else "none"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_RATE_LIMITS = {"check_handle": "60/m/ip"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.LogInForm",
    "signup": "accounts.forms.SignUpForm",
    "reset_password": "accounts.forms.ResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
}

LANGUAGE_CODE = "en"
# Each by the name that its own speakers give it; adding one: README, "Languages".
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "UTC"
USE_TZ = True

# `project.static_build` makes the folder at the start; as its name is its content's, browsers may keep what is in it for good.
STATIC_VERSION = static_version(BASE_DIR)
STATIC_URL = f"/static/{STATIC_VERSION}/"
STATIC_ROOT: Path | None = BASE_DIR / ".static" / STATIC_VERSION
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 365 * 24 * 60 * 60

globals().update(EMAIL)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"Parley <noreply@{_ours.hostname}>")

_secure = _ours.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _secure else 0
if _secure and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Nothing runs or loads here that is not ours; the import map is the one script that stands in a page itself.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, policy_source(import_map(STATIC_URL))],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        # Browsers that do not count a socket as 'self' yet need its address; the policy's grammar has no IPv6.
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in ORIGINS if "[" not in origin)],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django's own handlers mail the admins and stay silent without DEBUG: an error must be seen where the server runs.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
