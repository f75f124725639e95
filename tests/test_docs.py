"""The pages lead where they say: links, commands, settings, files, and targets of the Makefile.

Each check is a function of a page's text, so that a fault can be planted in a few words.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel, ValidationError

from rufgate.cli.main import app
from rufgate.settings.schema import Settings

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rufgate"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMAND: Any = typer.main.get_command(app)
MINIMAL: dict[str, Any] = {"smtp": {"recipients": ["dmarc-ruf@ruf.example.org"]}}
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAMES = re.compile(r"\[\[?(\w+)\]?\] (\w+)")
_TOP = r"(?:rufgate|tests|docs|config|bench)/"
_PATH = re.compile(rf"(?:{_TOP}[\w./-]+|[\w./-]+\.py|Dockerfile|Makefile|requirements\.lock)")
_STANDS_FOR = re.compile(r"VERB|\.\.\.")


def blocks(text: str) -> Iterator[str]:
    """Code that is indented or fenced."""
    for match in re.finditer(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield match[1]
    for match in re.finditer(r"(?:(?:^|\n)(?=\n)|\A)((?:\n?(?: {4}[^\n]*|(?=\n))\n?)+)", text):
        lines = match[1].splitlines()
        yield "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))


def inline(text: str) -> Iterator[str]:
    """What stands in backticks, on one line."""
    prose = re.sub(r"^(?: {4}.*|```\w*\n(?:.*\n)*?```)$", "", text, flags=re.MULTILINE)
    for match in _CODE.finditer(prose):
        yield " ".join(match[1].split())


@cache
def anchors(page: Path) -> frozenset[str]:
    """As GitHub makes them of headings."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads)


def bad_links(text: str, page: Path) -> list[str]:
    found = []
    for target in _LINK.findall(text):
        name, _, anchor = target.partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file = page.parent / name if name else page
        if not file.exists() or (anchor and anchor not in anchors(file.resolve())):
            found.append(target)
    return found


def commands(text: str) -> Iterator[list[str]]:
    """Each ``rufgate ...`` in blocks and backticks, as arguments."""
    for code in blocks(text):
        for line in code.replace("\\\n", " ").splitlines():
            match = re.match(r"(?:sudo -u \w+ )?(?:\S*/)?rufgate (?=[a-z-])(.*)", line)
            if match:
                yield _words(match[1])
    for code in inline(text):
        match = re.match(r"(?:sudo -u \w+ )?(?:\S*/)?rufgate (?=[a-z-])(.*)", code)
        if match and not _STANDS_FOR.search(code):
            yield _words(match[1])


def _words(line: str) -> list[str]:
    words = shlex.split(re.split(r"\s(?:<|>|>>|\||&&|;)(?:\s|$)|\s>", line)[0], comments=True)
    return [word for word in words if word]


def bad_commands(text: str) -> list[str]:
    return [" ".join(words) for words in commands(text) if not _parses(words)]


def _parses(words: list[str]) -> bool:
    """Verbs exist, and so does each option; no argument is too much. Values are not looked at."""
    command = COMMAND
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return False
        command, words = command.commands[words[0]], words[1:]
    known = {option: one for one in command.params for option in (*one.opts, *one.secondary_opts)}
    free = 0
    rest = iter(words)
    for word in rest:
        if not word.startswith("--"):
            free += 1
            continue
        option = word.partition("=")[0]
        if option not in known and option not in {"--help", "--version"}:
            return False
        if option in known and not getattr(known[option], "is_flag", False) and "=" not in word:
            next(rest, None)
    most = sum(99 if one.nargs < 0 else one.nargs for one in command.params if _is_free(one))
    return free <= most


def _is_free(parameter: Any) -> bool:
    return parameter.param_type_name == "argument" and not getattr(parameter, "hidden", False)


def settings_blocks(text: str) -> Iterator[str]:
    for code in blocks(text):
        first = next((line for line in code.splitlines() if line.strip(" #")), "")
        if re.match(r"\[\[?\w+\]?\]$", first.partition("#")[0].strip()):
            yield code


def bad_settings(text: str) -> list[str]:
    """Blocks that are no settings, and keys in backticks that are none."""
    found = []
    for code in settings_blocks(text):
        try:
            said = tomllib.loads(code)
            said["smtp"] = {**MINIMAL["smtp"], **said.get("smtp", {})}
            Settings.model_validate(said, context={"base": ROOT})
        except (tomllib.TOMLDecodeError, ValidationError) as problem:
            found.append(f"{code}: {type(problem).__name__}")
    for code in inline(text):
        if (match := _NAMES.match(code)) and match[2] not in keys(match[1]):
            found.append(code)
    return found


@cache
def keys(section: str) -> frozenset[str]:
    if section not in Settings.model_fields:
        return frozenset()
    pending: list[Any] = [Settings.model_fields[section].annotation]
    names: set[str] = set()
    while pending:
        one = pending.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            names |= {field.alias or name for name, field in one.model_fields.items()}
        pending += get_args(one)
    return frozenset(names)


@cache
def modules() -> frozenset[str]:
    return frozenset(path.name for top in (PACKAGE, ROOT / "tests") for path in top.rglob("*.py"))


def bad_paths(text: str, page: Path) -> list[str]:
    """Files that look like ours, and are not there."""
    places = (ROOT, PACKAGE, page.parent)
    return [
        code
        for code in inline(text)
        if _PATH.fullmatch(code)
        and not any((place / code).exists() for place in places)
        and code not in modules()
    ]


def bad_targets(text: str) -> list[str]:
    told = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    lines = (*inline(text), *(line for code in blocks(text) for line in code.splitlines()))
    named = (match[1] for line in lines if (match := re.match(r"make ([a-z-]+)", line)))
    return [target for target in named if target not in told]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_page_leads_where_it_says(page: Path) -> None:
    text = page.read_text()
    assert not bad_links(text, page)
    assert not bad_commands(text)
    assert not bad_settings(text)
    assert not bad_paths(text, page)
    assert not bad_targets(text)


def test_pages_have_what_is_looked_for() -> None:
    texts = [page.read_text() for page in PAGES]
    assert sum(len(list(commands(text))) for text in texts) > 150
    assert sum(len(list(settings_blocks(text))) for text in texts) >= 6
    assert sum(len(_LINK.findall(text)) for text in texts) > 100


@pytest.mark.parametrize(
    "text",
    ["[a](docs/none.md)", "[a](docs/faq.md#nothing)", "![a](docs/pages/none.png)", "[a](#none)"],
)
def test_a_link_that_leads_nowhere_is_found(text: str) -> None:
    assert bad_links(text, ROOT / "README.md")


@pytest.mark.parametrize(
    "text",
    [
        "Say:\n\n    rufgate chekc\n",
        "Say:\n\n    rufgate check --jsn\n",
        "Say:\n\n    rufgate reports list one \\\n        --domain example.org\n",
        "    /opt/rufgate/bin/rufgate tokens make --name a   # none\n",
        "```\nrufgate dns check --relsover 192.0.2.1\n```\n",
        "Say `rufgate retention\nhold addd` now.",
    ],
)
def test_a_command_that_is_none_is_found(text: str) -> None:
    assert bad_commands(text)


@pytest.mark.parametrize(
    "text",
    [
        'Say:\n\n    [web]\n    lisen = "off"\n',
        'Say:\n\n    [[analysts]]\n    name = "a"\n    address = "a@example.org"\n    seal = 1\n',
        "Say:\n\n    [store]\n    url\n",
        "the key `[forward] dkim_file` is none",
        "nor is `[nothing] key`",
    ],
)
def test_a_setting_that_is_none_is_found(text: str) -> None:
    assert bad_settings(text)


@pytest.mark.parametrize("text", ["`deliver/sael.py`", "`config/none.yaml`", "`tests/e2e/x.py`"])
def test_a_file_that_is_not_there_is_found(text: str) -> None:
    assert bad_paths(text, ROOT / "docs" / "architecture.md")


def test_a_target_that_is_none_is_found() -> None:
    assert bad_targets("run `make tset`") == ["tset"]


def test_each_package_and_top_module_is_named_in_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    folders = {path.parent.relative_to(PACKAGE) for path in PACKAGE.rglob("__init__.py")}
    assert {"sanitize", "authenticity"} < {folder.name for folder in folders}
    assert not [folder for folder in folders if folder.name not in text]
    tops = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert not [name for name in tops if name not in text]
