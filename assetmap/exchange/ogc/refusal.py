"""Saying no in the words of the standard: {"code", "description"}, with the right status."""


class Refusal(Exception):
    """A request that cannot be answered; the description says in words what to ask instead."""

    status, code = 400, "InvalidParameterValue"

    def __init__(self, description):
        super().__init__(description)
        self.description = str(description)


class NotThere(Refusal):
    status, code = 404, "NotFound"
