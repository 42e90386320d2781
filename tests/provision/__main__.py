"""`python -m tests.provision`: makes what the tests need and says what it is."""

import sys

from tests.provision import frame, provide


def main():
    """Print what was found; fail when something is missing."""
    found = provide()
    for variable, path in found.variables.items():
        print(f"{variable}={path}")
    print("PostgreSQL: " + ("yes" if found.postgres else "no"))
    if found.missing:
        print(frame(found.missing), file=sys.stderr)
    return 2 if found.missing else 0


if __name__ == "__main__":
    sys.exit(main())
