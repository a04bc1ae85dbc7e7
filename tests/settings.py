"""The desk's settings as the tests use them; `tests.plugin` sets the environment first."""

from __future__ import annotations

import os

from heliodesk.settings import *  # noqa: F403 - as Django wants it
from heliodesk.settings import DATABASES, STATIC_ROOT, STORAGES

# Each run has databases of its own, copied from one that is migrated already.
DATABASES["default"]["TEST"] = {
    "NAME": os.environ["HELIODESK_TEST_DATABASE"],
    "TEMPLATE": os.environ["HELIODESK_TEST_TEMPLATE"],
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there
