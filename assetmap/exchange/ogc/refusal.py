"""Saying no in the words of the standard: {"code", "description"}, with the right status."""

CODES = {400: "InvalidParameterValue", 404: "NotFound", 405: "MethodNotAllowed"}


class Refusal(Exception):
    """A request that cannot be answered; the description says in words what to ask instead."""

    status = 400

    def __init__(self, description):
        super().__init__(description)
        self.description = str(description)


class NotThere(Refusal):
    status = 404
