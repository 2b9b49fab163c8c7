"""Settings, in Django's order, read from the environment. The embedded default needs nothing set."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from rop_portal.env import BASE_DIR, env, one_of, secret_key, var_dir

VAR_DIR = var_dir()

# Core
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key(VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
ROOT_URLCONF = "rop_portal.urls"
WSGI_APPLICATION = "rop_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

INSTALLED_APPS = [
    "accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_prose_editor",
    "rules.apps.AutodiscoverRulesConfig",
    "jobs.apps.JobsConfig",
    "accounts.apps.AccountsConfig",
    "documents.apps.DocumentsConfig",
    "programs.apps.ProgramsConfig",
    "calls.apps.CallsConfig",
    "evaluations.apps.EvaluationsConfig",
    "rop_portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "rop_portal.kept_pages.KeptPagesMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ChosenLanguageMiddleware",
    "accounts.middleware.RolesReadOnceMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rop_portal.context_processors.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "rop_portal.components",
                "jobs.templatetags.idempotency",
            ],
        },
    }
]

# Database: SQLite in ``var/`` unless DATABASE_URL names a server
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'armoniza.sqlite3'}")}
EMBEDDED_DATABASE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if EMBEDDED_DATABASE:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)

# Tasks: embedded (a thread of the web process), celery (a relay and workers), eager (tests)
REDIS_URL = env.str("REDIS_URL", default="")
TASKS_MODE = one_of(
    "TASKS_MODE", ["embedded", "celery", "eager"], default="celery" if REDIS_URL else "embedded"
)
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
JOBS_REHAND_SECONDS = env.int("JOBS_REHAND_SECONDS", default=60)  # a message not begun by then got lost
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mi/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupExtra"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.LoginForm",
    "signup": "accounts.sign_in_forms.SignupForm",
    "add_email": "accounts.sign_in_forms.AddEmailForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Armoniza"

# Language: Spanish of Mexico unless a person chose otherwise; never the browser's header
LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", _("Spanish (Mexico)")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "America/Mexico_City"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Files: received and rendered files lie outside the web root and leave only through a permission check
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR_DIR / "media"
# The key and the checkpoints of the trail: on another disk than the database, if there is one
TRAIL_DIR = Path(env.str("TRAIL_DIR", default=str(VAR_DIR / "trail")))
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "documents.storage.ContentStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAX_FILE_BYTES = env.int("MAX_FILE_BYTES", default=20 * 1024 * 1024)
MAX_APPLICATION_BYTES = env.int("MAX_APPLICATION_BYTES", default=200 * 1024 * 1024)
# A large file arrives in pieces, in a folder that the web processes share, until it is forgotten
UPLOADS_ROOT = VAR_DIR / "uploads"
UPLOAD_PIECE_BYTES = env.int("UPLOAD_PIECE_BYTES", default=512 * 1024)
UPLOAD_HOURS = env.int("UPLOAD_HOURS", default=48)
MAX_UPLOADING_BYTES = env.int("MAX_UPLOADING_BYTES", default=5 * MAX_FILE_BYTES)  # of one person at once
# Each file is opened in a process apart, which may use no more than this (CPU seconds, address space)
FILE_OPENING_SECONDS = env.int("FILE_OPENING_SECONDS", default=2)
FILE_OPENING_MEGABYTES = env.int("FILE_OPENING_MEGABYTES", default=256)
# The antivirus (clamd), where there is one: a path, or host:port of the own network; and its time for a file
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")
CLAMAV_SECONDS = env.int("CLAMAV_SECONDS", default=15)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# E-mail: a mailbox on screen in embedded mode
MAILBOX_ON_SCREEN = env.bool("MAILBOX_ON_SCREEN", default=TASKS_MODE != "celery")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if MAILBOX_ON_SCREEN:
    EMAIL_BACKEND = "accounts.mailbox.MailboxBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Armoniza <armoniza@demo.example>")

# For how long a public page is shown to visitors as it was drawn, unless an act comes between; 0: never
PUBLIC_PAGES_KEPT_SECONDS = env.int("PUBLIC_PAGES_KEPT_SECONDS", default=30)

# Public questions about a call: the portal's own term for an answer, in business days, and how many
# questions without answer one person may have in a call
QUESTION_ANSWER_DAYS = env.int("QUESTION_ANSWER_DAYS", default=3)
QUESTIONS_WAITING_EACH = env.int("QUESTIONS_WAITING_EACH", default=3)

# Log: what went wrong, with its trace, to the standard error of the process that serves
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}

# Security: nothing inline, nothing from elsewhere
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=SITE_URL.startswith("https://"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
SECURE_SSL_REDIRECT = SECURE_COOKIES
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading binds a whole domain: its owner's promise, not ours
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rop_portal.views.refusals.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 50,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Armoniza",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "RulingOutcomeEnum": "evaluations.models.Outcome",
        "RemedyOutcomeEnum": "evaluations.models.RemedyOutcome",
    },
}

# What this portal is, and how far it is a demonstration
DEMO = env.bool("DEMO", default=False)
ACCEPT_EXPLICIT_TIME = False  # only the demo builder and the tests may say when an act happened
LEGEND = (
    "Este programa es público, ajeno a cualquier partido político. "
    "Queda prohibido el uso para fines distintos a los establecidos en el programa."
)
TEST_RUNNER = "django.test.runner.DiscoverRunner"
