"""Pages as the tests open them, and what is asked of each."""

from django.conf import settings
from django.test import Client

SIZES = {320: 640, 390: 844, 640: 860, 1280: 860}  # heights of the screens, by their widths


HARMLESS = (
    "Failed to load resource",  # judged in _check_status, where the status is known
    *("htmx:sendAbort", "htmx:afterRequest"),  # a search given up for a newer one
)


class Visits:
    """Opens pages of the site and keeps what goes wrong on them in `troubles`."""

    def __init__(self, browser, site, patience):
        self.browser, self.site, self.patience = browser, site, patience
        self.contexts, self.troubles = [], []
        self.refusals = set()  # statuses of pages that a test means to be refused

    def __call__(
        self, path, *, user=None, width=1280, scheme="light", script=True, language="en-GB"
    ):
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": SIZES[width]},
            color_scheme=scheme,
            java_script_enabled=script,
            locale=language,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        context.set_default_timeout(self.patience)
        if user:
            context.add_cookies([self._session(user)])
        page = context.new_page()
        self._watch(page)
        page.goto(path)
        return page

    def _session(self, user):
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.site}

    def _watch(self, page):
        page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        page.on("console", self._hear)
        page.on("request", self._check_origin)
        page.on("response", self._check_status)

    def _hear(self, message):
        if message.type == "error" and not message.text.startswith(HARMLESS):
            self.troubles.append(f"console: {message.text} ({message.page.url})")

    def _check_origin(self, request):
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.troubles.append(f"asked of somebody else: {request.url}")

    def _check_status(self, response):
        if response.status >= 400 and response.status not in self.refusals:
            self.troubles.append(f"{response.status}: {response.url}")

    def close(self):
        for context in self.contexts:
            context.close()
