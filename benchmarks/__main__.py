"""Builds the large worlds in databases of their own, takes every measure and writes ``results.json``.

``python -m benchmarks [rules] [calls] [evaluation]``: without a name, every group is taken.
"""

import sys

import django
from django.test.utils import setup_test_environment


def main(wanted):
    django.setup()
    from benchmarks import calls, evaluation, measuring, rules  # noqa: PLC0415 -- the settings come first

    groups = {"rules": rules.measures, "calls": calls.measures, "evaluation": evaluation.measures}
    if unknown := set(wanted) - set(groups):
        sys.exit(f"There is no group {', '.join(sorted(unknown))}: choose of {', '.join(groups)}.")
    setup_test_environment(debug=False)
    results = [result for name in wanted or groups for result in in_its_own_world(groups[name])]
    measuring.write(results)
    print("\n".join(measuring.table(results)))  # noqa: T201
    return not all(result.holds for result in results)


def in_its_own_world(measures):
    from django.db import connection  # noqa: PLC0415 -- the settings come first

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return list(measures())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
