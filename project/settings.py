"""Every setting, read once from the environment; a wrong value stops the start with one clear line."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import validate

from project.assets.import_map import import_map, policy_source
from project.assets.version import static_version
from project.environment import addresses, data_dir, stores
from project.environment.limits import caps, limits, most_own_rooms
from project.environment.misspelt import misspelt
from project.environment.periods import period
from project.environment.reading import env, in_one_line
from project.environment.static_dir import static_dir
from project.logs.configuration import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
# Named by their content, so that browsers can keep them forever; `project.assets.build` creates the folder at the start.
STATIC_VERSION = static_version(BASE_DIR)
# Each by the name that its own speakers give it; adding one: CONTRIBUTING, "A language".
LANGUAGES = [("en", "English"), ("de", "Deutsch")]

try:
    DEBUG = env.bool("DEBUG", False)
    # In brackets it stands in PUBLIC_URL.
    HOST = env.str("HOST", "localhost").strip().strip("[]")
    PORT = env.int("PORT", 7777, validate=validate.Range(1, 65535))
    DATA_DIR, DATA_DIR_IS_NEW = data_dir.data_dir(env.str("DATA_DIR", str(BASE_DIR / "data")))
    STATIC_ROOT: Path | None = static_dir(env.str("STATIC_DIR", ""), BASE_DIR, DATA_DIR, STATIC_VERSION)
    REDIS_URL = stores.redis_url(env.secret("REDIS_URL"))
    EMBEDDED_REDIS = not REDIS_URL
    if EMBEDDED_REDIS:
        data_dir.refuse_long_path(DATA_DIR)
        REDIS_URL = stores.socket_url(DATA_DIR / "redis.sock")
    REDIS_PREFIX = stores.redis_prefix(env.str("REDIS_PREFIX", ""))
    # Whether a Redis of the administrator's own must keep what it acknowledged; ours always does.
    REQUIRE_DURABLE = env.bool("REQUIRE_DURABLE", True)
    STARTUP_PATIENCE = env.int("STARTUP_PATIENCE", 30, validate=validate.Range(0, 3_600))
    # Whether browsers shall insist on https for every sub-domain of ours, too: only who owns them all can say so.
    HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
    # Whether staff can do nothing without a second factor.
    STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", False)
    # What the environment does not say, the owners do, in the server's settings: accounts.server_settings.
    SIGNUP = env.str("SIGNUP", "", validate=validate.OneOf(["open", "invite", "closed"]))
    SERVER_NAME = env.str("SERVER_NAME", "", validate=validate.Length(max=40))
    WELCOME_TEXT = env.str("WELCOME_TEXT", "", validate=validate.Length(max=500))
    CREATE_ROOMS = env.str("CREATE_ROOMS", "", validate=validate.OneOf(["everyone", "staff"]))
    DEFAULT_LANGUAGE = env.str("DEFAULT_LANGUAGE", "", validate=validate.OneOf(["browser", *dict(LANGUAGES)]))
    MESSAGE_MAX_CHARS = env.int("MESSAGE_MAX_CHARS", None, validate=validate.Range(1, 20_000))
    LIMITS = limits()
    CAPS = caps()
    MOST_OWN_ROOMS = most_own_rooms()
    NEWCOMER_MINUTES = env.int("NEWCOMER_MINUTES", None, validate=validate.Range(0, 60 * 24 * 30))
    NEWCOMER_LINKS = env.int("NEWCOMER_LINKS", None, validate=validate.Range(0, 20_000))
    NEWCOMER_MENTIONS = env.int("NEWCOMER_MENTIONS", None, validate=validate.Range(0, 20_000))
    HOT_MESSAGES = env.int("HOT_MESSAGES", 5_000, validate=validate.Range(100, 1_000_000))

    _ours = addresses.public_url(env.str("PUBLIC_URL", f"http://localhost:{PORT}"))
    PUBLIC_URL = _ours.geturl()
    ORIGINS = CSRF_TRUSTED_ORIGINS = addresses.origins(_ours)
    ALLOWED_HOSTS = addresses.allowed_hosts(env.list("ALLOWED_HOSTS", [*addresses.LOCAL_NAMES]), _ours)
    TRUSTED_PROXIES = addresses.trusted_proxies(
        env.int("TRUSTED_PROXIES", 0, validate=validate.Range(0, 10)), env.is_set("TRUSTED_PROXIES"), _ours
    )
    DEFAULT_FROM_EMAIL = addresses.sender(env.str("DEFAULT_FROM_EMAIL", ""), _ours)

    # Keys that were replaced: sessions and links that they signed stay valid until they are removed from here.
    SECRET_KEY_FALLBACKS = data_dir.replaced_keys(env.secret("SECRET_KEY_FALLBACKS"))
    _address = env.secret("DATABASE_URL")
    DATABASES = {"default": stores.database(_address) if _address else stores.sqlite(DATA_DIR / "parley.sqlite3")}
    # Whether other processes, with folders of their own, can use the same Redis or database.
    SHARES_STORES = not EMBEDDED_REDIS or DATABASES["default"]["ENGINE"].endswith("postgresql")
    SECRET_KEY = data_dir.secret_key(env.secret("SECRET_KEY"), DATA_DIR, SHARES_STORES)
    EMAIL = stores.email(env.secret("EMAIL_URL", "console://"))
    # Whether it is there is asked each time: a network drive may come later than the server.
    BACKUP_DIR = Path(backup_dir).absolute() if (backup_dir := env.str("BACKUP_DIR", "")) else None
    BACKUP_EVERY = period("BACKUP_EVERY", env.str("BACKUP_EVERY", "24h"))
    DRAIN_SECONDS = env.int("DRAIN_SECONDS", 0, validate=validate.Range(0, 600))
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
    LOG_FORMAT = env.str("LOG_FORMAT", "line", validate=validate.OneOf(["line", "json"]))
except (OSError, ValueError) as error:
    raise ImproperlyConfigured(f"Settings: {in_one_line(error)}") from error

MISSPELT = misspelt(os.environ, env.names())

INSTALLED_APPS = [
    "accounts",
    "chat",
    "project",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.sessions.device_app.DeviceApp",
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
    "project.server.http.page_pacing.one_by_one",
    "project.server.http.readable_forms.refuse_unreadable_forms",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.language.ServerLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "project.server.http.private_pages.keep_out_of_caches",
    "accounts.sessions.device_middleware.note_devices",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.time_notation.follow_cookie",
    "chat.web.setup_pending.wait_for_setup",
    "accounts.second_factor.requirement.ask_staff_for_factor",
    "accounts.your_account.deletion.offer_to_keep",
    "chat.web.site_bans.keep_out_the_banned",
    "chat.web.address_bounds.AddressBounds",
    "chat.web.admin_reads.read_off_the_loop",
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
            "builtins": ["django.templatetags.i18n", "accounts.templatetags.server"],
        },
    }
]
ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A frozen Redis must not keep a page waiting for ever.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"{REDIS_PREFIX}:cache" if REDIS_PREFIX else "cache",
        "OPTIONS": {
            "pool_class": "chat.live.redis.ownership.OwnPool",
            "socket_timeout": stores.CONNECT_SECONDS,
            "socket_connect_timeout": stores.CONNECT_SECONDS,
        },
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["accounts.auth.hashing.OffLoopArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.auth.password_rules.LongestPassword"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("handle", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.auth.password_rules.CommonPasswords"},
    {"NAME": "accounts.auth.password_rules.OwnWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "accounts.auth.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_SESSION_REMEMBER = True
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 10
# Without a mail server nobody could answer a verification mail; with one, it also hides who has an account here.
SENDS_MAIL = EMAIL["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SENDS_MAIL else "none"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# Told by mail: a change of the email (to the old one) and of the password.
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL
# One email a person, changed once the new one is confirmed, and by nobody who only found an open browser.
ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/accounts/email/"
ACCOUNT_RATE_LIMITS = {
    "check_handle": "60/m/ip",
    "export_data": "3/d/user",
    "manage_email": "5/m/user,20/d/user",
    # As many tries as a login has: a stolen session must not be a place to guess the password.
    "reauthenticate": "5/300s/user",
}
ACCOUNT_FORMS = {
    "add_email": "accounts.your_account.email.ChangeEmailForm",
    "login": "accounts.auth.forms.LogInForm",
    "reauthenticate": "accounts.auth.forms.ConfirmPasswordForm",
    "signup": "accounts.auth.forms.SignUpForm",
    "reset_password": "accounts.auth.forms.ResetForm",
    "reset_password_from_key": "accounts.auth.forms.NewPasswordForm",
    "change_password": "accounts.auth.forms.ChangePasswordForm",
    "set_password": "accounts.auth.forms.SetPasswordForm",
}

MFA_ADAPTER = "accounts.second_factor.adapter.SecondFactorAdapter"
# What an app shows beside the code.
MFA_TOTP_ISSUER = f"Parley ({_ours.hostname})"
# Where there is no mail, no email is ever confirmed.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.second_factor.forms.LogInCodeForm",
    "reauthenticate": "accounts.second_factor.forms.ConfirmCodeForm",
    "activate_totp": "accounts.second_factor.forms.SetUpAppForm",
    "deactivate_totp": "accounts.second_factor.forms.TurnOffForm",
    "generate_recovery_codes": "accounts.second_factor.forms.NewRecoveryCodesForm",
}

LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = f"/static/{STATIC_VERSION}/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 365 * 24 * 60 * 60

globals().update(EMAIL)

_secure = _ours.scheme == "https"
# With "__Host-" a browser takes a cookie from this very host alone: a sibling sub-domain cannot plant one.
_cookie_prefix = "__Host-" if _secure else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_cookie_prefix}sessionid", f"{_cookie_prefix}csrftoken"
LANGUAGE_COOKIE_NAME, KNOWN_BROWSER_COOKIE_NAME = f"{_cookie_prefix}language", f"{_cookie_prefix}known_browser"
HOURS_COOKIE_NAME = f"{_cookie_prefix}hours"  # set by static/js/core/time_notation.js
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS_SUBDOMAINS
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 64_000
# No page takes files; one that does sets its own handlers on its request, before anything reads it.
FILE_UPLOAD_HANDLERS = ["project.server.http.refused_files.RefusedFiles"]

# Django's on https: what is plain http is said once, by project.checks, and a proxy redirects to https where there is one.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = logging_settings(LOG_LEVEL, LOG_FORMAT)
