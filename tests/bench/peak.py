"""Write one award report and tell the peak memory before and after; run as a fresh process."""

import json
import resource
import sys
from pathlib import Path

from tests.bench.report_cases import model_of, writing


def peak() -> int:
    """Return the most memory this process has had, in bytes.

    Where the system tells it, of this program only: ``ru_maxrss`` begins with the parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    path = Path(sys.argv[1])
    imports = peak()
    model = model_of(path)
    read = peak() - imports
    writing(model, path.with_suffix(".pdf"))()
    print(json.dumps({"imports": imports, "model": read, "peak": peak()}))


if __name__ == "__main__":
    main()
