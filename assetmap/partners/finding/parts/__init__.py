"""The parts of the score, one module each.

Each has `values(reading)`, which returns {asset's key: Value} of those of whom there is something
to say; a Value's number is between 0 and 1.
"""
