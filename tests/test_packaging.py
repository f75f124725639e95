"""What is shipped is whole, and shut in: wheel, lock, image, compose file, Kubernetes manifest.

There is no engine here: the image's steps are read, and what they name is looked for.
"""

from __future__ import annotations

import importlib
import json
import re
import shlex
import socket
import subprocess
import sys
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rufgate.settings.load import load

ROOT = Path(__file__).parents[1]
CONTAINERS = ROOT / "config" / "containers"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
UID = 10001
yaml: Any = importlib.import_module("yaml")  # of presidio-analyzer's requirements


def steps(word: str, lines: list[str] = DOCKERFILE) -> list[str]:
    return [line.partition(" ")[2].strip() for line in lines if line.strip().startswith(f"{word} ")]


def pins() -> dict[str, tuple[str, int]]:
    """Each package of the lock, with its version and how many digests it has."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if match := re.match(r"([\w.-]+)(?:\[[\w,]+\])?==(\S+)", line):
            name = canonicalize_name(match[1])
            found[name] = (match[2], 0)
        elif "--hash=sha256:" in line:
            version, digests = found[name]
            found[name] = (version, digests + 1)
    return found


@pytest.mark.parametrize("extra", ["", "postgres", "openpgp"])
def test_the_lock_fits_what_the_project_asks_for(extra: str) -> None:
    asked = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    locked = pins()
    for text in asked:
        wanted = Requirement(text)
        version, digests = locked[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), text
        assert digests, text
    assert all(digests for _, digests in locked.values())


def test_the_lock_names_no_place() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert "-index" not in text.replace("--no-emit-index-url", "")


def test_the_wheel_holds_all_that_the_program_reads(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="needs hatchling, of the extra dev")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        metadata = next(name for name in names if name.endswith("/METADATA"))
        said = packed.read(metadata).decode()
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "rufgate").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert here - names == set()
    assert {"rufgate/rufgate.toml", "rufgate/leak-benchmark.md"} <= names
    licences = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    assert {"LICENSE", "NOTICE"} <= licences
    assert "Provides-Extra: postgres" in said
    assert "Provides-Extra: openpgp" in said


def test_what_runs_in_the_image_is_not_root_and_opens_no_low_port() -> None:
    last = max(number for number, line in enumerate(DOCKERFILE) if line.startswith("FROM "))
    final = DOCKERFILE[last:]
    assert steps("USER", final) == [str(UID)]
    (made,) = steps("RUN", final)
    assert f"useradd --system --uid {UID}" in made
    assert steps("EXPOSE", final) == ["8025"]


def test_the_image_is_built_from_the_lock_by_digest() -> None:
    (installed,) = [step for step in steps("RUN") if "requirements.lock" in step]
    assert "--require-hashes" in installed
    (own,) = [step for step in steps("RUN") if step.endswith(" .")]
    assert "--no-deps" in own


def test_all_that_the_image_copies_is_there_and_is_sent_to_the_engine() -> None:
    kept = [
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    ]
    for step in steps("COPY"):
        if step.startswith("--from"):
            continue
        for source in shlex.split(step)[:-1]:
            assert (ROOT / source).exists(), source
            assert any(fnmatch(source, one) or source.startswith(f"{one}/") for one in kept), source


@contextmanager
def greeting(words: bytes) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(words)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


@pytest.mark.parametrize(("words", "code"), [(b"220 gate ESMTP\r\n", 0), (b"421 busy\r\n", 1)])
def test_the_health_check_tells_a_gate_that_takes_mail(words: bytes, code: int) -> None:
    (check,) = [line for line in DOCKERFILE if "CMD [" in line and "socket" in line]
    command = json.loads(check[check.index("[") :])
    assert command[0] == "python"
    with greeting(words) as port:
        script = command[2].replace("8025", str(port))
        done = subprocess.run([sys.executable, "-c", script], check=False, timeout=30)
    assert done.returncode == code


def test_the_compose_file_shuts_the_gate_in() -> None:
    said = yaml.safe_load((CONTAINERS / "compose.yaml").read_text())
    gate = said["services"]["gate"]
    assert gate["read_only"] is True
    assert gate["cap_drop"] == ["ALL"]
    assert gate["mem_limit"] == gate["memswap_limit"]
    assert gate["ulimits"] == {"core": 0}
    assert "POSTGRES_PASSWORD" not in said["services"]["database"]["environment"]
    assert (CONTAINERS / gate["build"] / "Dockerfile").resolve() == ROOT / "Dockerfile"


def test_the_settings_of_both_files_are_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = list(yaml.safe_load_all((CONTAINERS / "kubernetes.yaml").read_text()))
    (config,) = [one for one in documents if one["kind"] == "ConfigMap"]
    file = tmp_path / "rufgate.toml"
    file.write_text(config["data"]["rufgate.toml"])
    assert load(file).store.url.startswith("postgresql+psycopg://")
    compose = yaml.safe_load((CONTAINERS / "compose.yaml").read_text())
    for name, value in compose["services"]["gate"]["environment"].items():
        monkeypatch.setenv(name, value)
    file.write_text('[smtp]\nrecipients = ["dmarc-ruf@ruf.example.org"]\n')
    assert load(file).store.url == compose["services"]["gate"]["environment"]["RUFGATE_STORE__URL"]


def test_pods_have_no_right_that_they_do_not_need() -> None:
    documents = list(yaml.safe_load_all((CONTAINERS / "kubernetes.yaml").read_text()))
    (deployment,) = [one for one in documents if one["kind"] == "Deployment"]
    pod = deployment["spec"]["template"]["spec"]
    assert deployment["spec"]["replicas"] == 2
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == UID
    for container in (*pod["initContainers"], *pod["containers"]):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    mounted = {mount["name"] for one in pod["containers"] for mount in one["volumeMounts"]}
    assert mounted <= {volume["name"] for volume in pod["volumes"]}
