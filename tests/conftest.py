"""What every test shares: settings of the test environment."""

import os

os.environ["JC_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "jcdisclosure.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser fixtures run an event loop
