"""Django's settings: one file for development, tests and production, driven by the environment.

Three kinds of running (JC_ENV): `development` fills in what is missing, `test` has fixed keys and
fast hashing, `production` refuses to start while anything unsafe is set. Readers and their errors
stand in environment.py, the judging of secrets in requests_app/adapters/keyring.py. Product code reads settings through
django.conf only.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from jcdisclosure import databases, logging, servers, signing
from jcdisclosure.environment import Environment
from jcdisclosure.guards import *  # noqa: F403 - every name there is a setting
from requests_app.adapters import keyring

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

# --- What kind of running ------------------------------------------------------------------------

ENVIRONMENT = env.choice(
    "JC_ENV",
    default="development",
    among=["development", "test", "production"],
    says="What kind of running; production refuses anything unsafe.",
)
PRODUCTION, TESTING = ENVIRONMENT == "production", ENVIRONMENT == "test"
DEBUG = env.flag(
    "JC_DEBUG", default=False, says="Show errors with their source; never in production."
)
DEMO = env.flag(
    "JC_DEMO",
    default=not PRODUCTION,
    says="Allow demo accounts with known passwords; refused in production.",
)
DATA_DIR = env.folder(
    "JC_DATA_DIR",
    default=BASE_DIR / "var",
    sample="./var",
    says="Where database, uploads, letters, queue and secrets of this installation lie.",
)
PUBLIC_BASE_URL = env.text(
    "JC_PUBLIC_BASE_URL",
    default="http://127.0.0.1:8000",
    says="The address people use, without a slash at the end; printed in letters and messages.",
).rstrip("/")
ALLOWED_HOSTS = env.listing(
    "JC_HOSTS",
    default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"],
    says="Host names this site answers to.",
)
TRUST_PROXY = env.flag(
    "JC_TRUST_PROXY",
    default=False,
    says="A reverse proxy of our own sets X-Forwarded-For and X-Forwarded-Proto.",
)

SECOND_FACTOR_REQUIRED = env.flag(
    "JC_SECOND_FACTOR",
    default=PRODUCTION,
    says="Staff must set up a second factor at their next sign-in; otherwise each may.",
)

DEMO_LOGINS_FILE = DATA_DIR / "demo-logins.txt"  # written by seed_demo, shown by `up`

# --- Secrets -------------------------------------------------------------------------------------

SECRETS_DIR = DATA_DIR / "secrets"
_kept_in = None if PRODUCTION else SECRETS_DIR
_signing = env.secret(keyring.SIGNING, kept_in=_kept_in, says="Signs sessions and links.")
_sealing = env.secret(
    keyring.SEALING,
    kept_in=_kept_in,
    says="Keys that seal identity numbers, by number: 1:base64,2:base64 (32 bytes each).",
)
_indexing = env.secret(
    keyring.INDEXING,
    kept_in=_kept_in,
    says="Key of the blind index by which a sealed number is found again (base64, 32 bytes).",
)
# Without a kept key a development process still starts, for commands that sign nothing lasting.
SECRET_KEY = _signing if PRODUCTION else _signing or secrets.token_urlsafe(64)
SEAL_KEYS = keyring.parse_numbered_keys(_sealing, name=keyring.SEALING)
INDEX_KEY = keyring.parse_key(_indexing, name=keyring.INDEXING) if _indexing else b""

# --- Applications --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "requests_app",  # first: its templates win over the admin's own
    "django.contrib.admin",
    "django.forms",  # the drawings of Django's own widgets, beside ours in templates/
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
]
MIDDLEWARE = [
    # First, so that what any other turns away early carries the policy, too.
    "csp.middleware.CSPMiddleware",
    *(["jcdisclosure.proxy.ForwardedAddressMiddleware"] if TRUST_PROXY else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jcdisclosure.limits.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jcdisclosure.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # last, so that it sees every sign-in
]
ROOT_URLCONF = "jcdisclosure.urls"
WSGI_APPLICATION = "jcdisclosure.wsgi.application"
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
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database, cache, queue ----------------------------------------------------------------------

_database_url = env.secret("DATABASE_URL", says="postgresql://user@host:5432/name; empty: SQLite.")
_database_password = env.secret("DATABASE_PASSWORD", says="Password, if not in DATABASE_URL.")
DATABASES = {
    "default": (
        databases.postgresql(_database_url, password=_database_password)
        if _database_url
        else databases.sqlite(DATA_DIR / "db.sqlite3", durable=not TESTING)
    ),
}
# Never ATOMIC_REQUESTS: a transaction must not be open while a letter is drawn or mail is sent.

REDIS_URL = env.secret(
    "REDIS_URL", says="redis://host:6379/0 for queue and cache; empty: no server."
)
# Without Redis a message over the file system may be lost, so nothing is sent: the sweep finds it.
NUDGE = bool(REDIS_URL) and not TESTING
QUEUE_DIR = DATA_DIR / "queue"
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = servers.broker(REDIS_URL, folder=QUEUE_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True  # what a task achieved stands on its row
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = TESTING
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

_cache = servers.cache(REDIS_URL, folder=DATA_DIR / "cache", testing=TESTING)
CACHES = {"default": {**_cache, "KEY_PREFIX": "jc"}}

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Accounts and sessions -----------------------------------------------------------------------

AUTH_USER_MODEL = "requests_app.StaffUser"
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked-out name never reaches the password
    "jcdisclosure.backends.StaffBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())  # one working day at the desk
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Security headers ----------------------------------------------------------------------------

HTTPS = env.flag(
    "JC_HTTPS",
    default=PRODUCTION,
    says="The site is reached over HTTPS; production refuses to go without.",
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
CSRF_FAILURE_VIEW = "requests_app.public.views.errors.csrf_failed"
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Outside production nothing is collected: files are served from where they are written.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
_static_storage = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}
# No address serves this folder; views hand files out after asking who may see them.
PRIVATE_ROOT = DATA_DIR / "private"
REQUEST_MAX_BYTES = env.integer(
    "JC_REQUEST_MAX_BYTES",
    default=128 * 1024 * 1024,
    least=1024 * 1024,
    says="The most that is kept of one request with all its files, in bytes; four times as much is not read at all.",
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # the text of a form, without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # the office's own, smaller limit is refused with kind words
FILE_UPLOAD_HANDLERS = [
    "requests_app.public.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # above it an upload waits on disk
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# --- Letters ---------------------------------------------------------------------------------------

SEALS_DIR = env.folder(
    "JC_SEALS_DIR",
    default=DATA_DIR / "seals",
    sample="./var/seals",
    says="The bodies' seals as SVG, each named by its body's code; without one, room for a stamp.",
)
_fonts = env.text(
    "JC_FONTS_DIR",
    sample="/srv/jc/fonts",
    says="A folder with fonts the office has licensed (小标宋, 仿宋, 楷体, 黑体); first in letters.",
)
FONTS_DIR = Path(_fonts).expanduser().resolve() if _fonts else None
SIGNER = env.text(
    "JC_SIGNER",
    default="requests_app.adapters.signature.CertificateSigner",
    says="The class that signs letters: the office's certificate, or a seal service's own.",
)
SIGNING_CERTIFICATE = env.text(
    "JC_SIGNING_CERTIFICATE",
    default=str(SECRETS_DIR / "demo-signing.p12") if DEMO and not TESTING else "",
    sample="./var/secrets/demo-signing.p12",
    says="The office's certificate and key (PKCS#12 file); without it letters go out unsigned.",
)
SIGNING_PASSWORD = env.secret(
    "JC_SIGNING_PASSWORD", says="The password of the file JC_SIGNING_CERTIFICATE."
)
SEAL_SERVICE = signing.read_seal_service(env)
TIMESTAMP_AUTHORITY = signing.read_timestamp_authority(env)

FILINGS_PER_HOUR = env.integer(
    "JC_FILINGS_PER_HOUR",
    default=30,
    least=1,
    says="Applications one address may file online within an hour.",
)

# --- Mail and short messages ----------------------------------------------------------------------

_email = env.choice(
    "JC_EMAIL",
    default="file",
    among=["file", "console", "smtp"],
    says="Where mail goes: files in the data folder, the console, or a mail server.",
)
EMAIL_BACKEND = {
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}[_email]
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("JC_SMTP_HOST", says="Mail server.")
EMAIL_PORT = env.integer("JC_SMTP_PORT", default=465, least=1, says="Port of the mail server.")
EMAIL_HOST_USER = env.text("JC_SMTP_USER", says="Account at the mail server.")
EMAIL_HOST_PASSWORD = env.secret("JC_SMTP_PASSWORD", says="Password at the mail server.")
_tls = env.choice(
    "JC_SMTP_TLS",
    default="ssl",
    among=["ssl", "starttls", "none"],
    says="How the connection to the mail server is protected.",
)
EMAIL_USE_SSL, EMAIL_USE_TLS = _tls == "ssl", _tls == "starttls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "JC_EMAIL_FROM",
    default="noreply@localhost",
    says="Sender of the messages of this site.",
)

# --- Short messages ------------------------------------------------------------------------------

_sms = env.choice(
    "JC_SMS",
    default="file",
    among=["file", "http"],
    says="Where short messages go: a file in the data folder, or the gateway at JC_SMS_URL.",
)
SMS_BACKEND = {
    "file": "requests_app.adapters.sms.FileGateway",
    "http": "requests_app.adapters.sms.HttpGateway",
}[_sms]
SMS_FILE_PATH = DATA_DIR / "sms" / "messages.jsonl"
SMS_URL = env.text("JC_SMS_URL", says="Address of the gateway for short messages.")
SMS_TOKEN = env.secret("JC_SMS_TOKEN", says="Bearer token at the gateway for short messages.")
SMS_TIMEOUT = 10  # seconds

# --- Log -----------------------------------------------------------------------------------------

_log_format = env.choice(
    "JC_LOG_FORMAT",
    default="json" if PRODUCTION else "text",
    among=["json", "text"],
    says="One JSON object for each line, or plain lines for people.",
)
_log_level = env.choice(
    "JC_LOG_LEVEL",
    default="INFO",
    among=["DEBUG", "INFO", "WARNING", "ERROR"],
    says="The least important level that is written.",
)
LOGGING = logging.configuration(style=_log_format, level=_log_level)

# --- What production refuses ---------------------------------------------------------------------

env.refuse_unknown(prefix="JC_")
ENVIRONMENT_VARIABLES = tuple(env.known.values())  # the sample file is made from these
if PRODUCTION:
    _refused = keyring.weaknesses(signing=SECRET_KEY, sealing=SEAL_KEYS, indexing=INDEX_KEY)
    if DEBUG:
        _refused.append("JC_DEBUG is on.")
    if DEMO:
        _refused.append("JC_DEMO is on: demo accounts have known passwords.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        _refused.append("JC_HOSTS must name the hosts of this site, without *.")
    if not HTTPS or not PUBLIC_BASE_URL.startswith("https://"):
        _refused.append("JC_PUBLIC_BASE_URL must begin with https:// and JC_HTTPS must stay on.")
    if _email == "smtp" and not EMAIL_HOST:
        _refused.append("JC_EMAIL is smtp, but JC_SMTP_HOST is empty.")
    if _sms == "http" and not SMS_URL.startswith(("https://", "http://")):
        _refused.append("JC_SMS is http, but JC_SMS_URL is no address.")
    if _sms == "http" and not (SMS_URL.startswith("https://") and SMS_TOKEN):
        _refused.append("JC_SMS is http: JC_SMS_URL must be https:// and JC_SMS_TOKEN given.")
    if _refused:
        raise ImproperlyConfigured("Not safe for production:\n  " + "\n  ".join(_refused))
