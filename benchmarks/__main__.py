"""Builds the large world in a database of its own, takes every measure and writes ``results.json``."""

import sys

import django
from django.test.utils import setup_test_environment


def main():
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- the settings come first

    from benchmarks import measuring, rules  # noqa: PLC0415

    setup_test_environment(debug=False)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        results = rules.measures()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    measuring.write(results)
    print("\n".join(measuring.table(results)))  # noqa: T201
    return not all(result.holds for result in results)


if __name__ == "__main__":
    sys.exit(main())
