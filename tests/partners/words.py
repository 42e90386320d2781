"""A page as it is read: without its tags."""

import html
import re

from tests.contracts import text_of


def words_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text_of(response))).split())
