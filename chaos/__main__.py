"""Starts servers of its own, builds a world, plays the faults and writes ``benchmarks/chaos.json``.

``python -m chaos [rush] [matrix] [--small]``: without a name, both. ``python -m chaos sqlite``: the rush on
SQLite, by itself.
"""

import argparse
import signal
import sys

from chaos.servers import SmallStage, Stage


def main():
    asked = argparse.ArgumentParser(prog="./test chaos", description=__doc__)
    asked.add_argument("groups", nargs="*", choices=["rush", "matrix", "sqlite", []], help="which")
    asked.add_argument("--small", action="store_true", help="a rush of two hundred, to try it out")
    said = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended all the same
    stage = SmallStage() if said.groups == ["sqlite"] else Stage()
    try:
        return played(stage, said.groups or ["rush", "matrix"], small=said.small)
    finally:
        stage.end()


def played(stage, groups, *, small):
    import django  # noqa: PLC0415 -- the stage sets the environment first

    django.setup()
    from benchmarks import measuring  # noqa: PLC0415
    from chaos import matrix, rush, world  # noqa: PLC0415

    world.prepare()
    draft = world.complete_draft()
    stage.open()
    results = []
    if "rush" in groups:
        size = rush.SMALL if small else rush.WHOLE
        results += rush.measures(stage, draft, size)
        if not small:
            results += rush.measures(stage, draft, rush.GROWING, name="R1 growing rush")
        faults = (stage.web.kill_one_worker, stage.worker.kill, stage.worker.start)
        results += rush.measures(
            stage, draft, rush.SMALL, faults=faults, name="R1 rush, web and worker killed"
        )
        results.append(rush.control(stage, draft))
    if "sqlite" in groups:
        size = rush.SMALL if small else rush.ON_SQLITE
        results += rush.measures(stage, draft, size, name="R1 rush on SQLite")
    if "matrix" in groups:
        results += matrix.measures(stage, draft)
    if not small:
        measuring.write(results, measuring.RESULTS.with_name("chaos.json"))
    print("\n".join(measuring.table(results)))
    return not all(result.holds for result in results)


if __name__ == "__main__":
    sys.exit(main())
