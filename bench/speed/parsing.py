"""Reports parsed in a second of processor time, by one parser, in this process.

    python -m bench.speed.parsing rufgate|parsedmarc COUNT SEED

rufgate reads the report, its original's header, and every part; parsedmarc reads the same offline.
Neither redacts. The first report is not counted: it loads what is loaded on first use.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bench.speed.generate import Shape, report


def rufgate() -> Callable[[bytes], object]:
    from rufgate.sanitize.parse import parse  # noqa: PLC0415 - one of the two is enough
    from rufgate.sanitize.policy import Limits  # noqa: PLC0415
    from rufgate.sanitize.raw import RawMessage  # noqa: PLC0415

    now, limits = datetime.now(UTC), Limits()
    return lambda content: parse(RawMessage(content, received_at=now), limits)


def parsedmarc() -> Callable[[bytes], object]:
    try:
        import parsedmarc as peer  # noqa: PLC0415 - see above
    except ImportError:
        sys.exit("parsedmarc is not installed: pip install parsedmarc")
    logging.disable(logging.CRITICAL)
    return lambda content: peer.parse_report_email(content, offline=True)


def main() -> None:
    name, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    contents = [report(number, Shape(seed=seed)) for number in range(count + 1)]
    read = {"rufgate": rufgate, "parsedmarc": parsedmarc}[name]()
    read(contents.pop())
    began = time.process_time()
    for content in contents:
        read(content)
    print(json.dumps(count / (time.process_time() - began)))


if __name__ == "__main__":
    main()
