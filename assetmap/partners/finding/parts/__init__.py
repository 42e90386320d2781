"""The parts of the score, one module each.

Each has `values(reading)`, which returns {asset's key: Value} of those of whom there is something
to say; a Value's number is between 0 and 1. Who of them may be found is not its business: that is
for `Reading.to_be_found()` to say, or, of the lesser parts, said already by `Reading.assets`.
"""
