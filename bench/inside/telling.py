"""How the measuring process tells what it found to the one that began it."""

import json


def tell(name, value):
    """Print {name: value} as a line of JSON; name: "about", or "row" for a line of the table."""
    print(json.dumps({name: value}), flush=True)
