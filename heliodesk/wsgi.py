"""The pages, as granian serves them."""

import os

from django.core.wsgi import get_wsgi_application

from heliodesk.web.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heliodesk.settings")

application = get_wsgi_application()
warm()
