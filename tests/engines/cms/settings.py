"""Settings of a small site on Wagtail; `CMS_FOLDER` names the folder of its database."""

import os
from pathlib import Path

SECRET_KEY = "of a site on loopback"
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
LANGUAGE_CODE = "zh-hans"
STATIC_URL = "/static/"
ROOT_URLCONF = "tests.engines.cms.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_SITE_NAME = "示例交通运输厅"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["CMS_FOLDER"]) / "cms.db",
    }
}
INSTALLED_APPS = [
    "tests.engines.cms",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
