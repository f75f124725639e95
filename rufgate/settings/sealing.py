"""Seals and signatures of copies, as they are configured.

In:  valid ``Settings``.
Out: by analyst the seal; the signer of DKIM; what is to be said of their keys.
SECURITY: the private key is read once, from a file that is closed to others.
FAILS: ``ConfigError`` where a file is not what it should be. That a key has expired keeps no gate
     from starting: copies for that analyst are withheld, and reports still come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from rufgate.deliver.dkim_signature import BadDkimKey, DkimSigner
from rufgate.deliver.openpgp import NoOpenPgp, OpenPgpSeal
from rufgate.deliver.seal import NoSeal, PublicKey, Seal
from rufgate.deliver.smime import SmimeSeal
from rufgate.govern.secret_files import SecretProblem, read_secret, trusted_owners
from rufgate.settings.problems import ConfigError, Loc, Problem
from rufgate.settings.remarks import Remark, warning
from rufgate.settings.schema import Analyst, Settings

_SOON: Final = timedelta(days=30)


def seals(settings: Settings) -> Mapping[str, Seal]:
    """By the analyst's name; those whose copies travel in clear have none."""
    found = {}
    for index, analyst in enumerate(settings.analysts):
        if analyst.encrypt != "none":
            try:
                found[analyst.name] = _seal(analyst)
            except NoOpenPgp as problem:
                raise _error(f"analysts[{index}].encrypt", Path(), str(problem)) from None
    return found


def dkim_signer(settings: Settings) -> DkimSigner | None:
    """Who signs copies; None where nobody does."""
    forward = settings.forward
    if forward.dkim_key is None or forward.dkim_selector is None or forward.sender is None:
        return None
    try:
        pem = read_secret(forward.dkim_key, trusted_owners(settings.keys.directory))
        return DkimSigner(forward.sender.rpartition("@")[2], forward.dkim_selector, pem)
    except (SecretProblem, BadDkimKey) as problem:
        message = f"the file {problem}"
        raise _error("forward.dkim_key", forward.dkim_key, message) from None


def sealing_remarks(settings: Settings) -> Iterator[Remark]:
    """What the keys of the file alone show."""
    forward = settings.forward
    if (forward.dkim_key is None) != (forward.dkim_selector is None):
        missing = "dkim_key" if forward.dkim_key is None else "dkim_selector"
        yield Remark(("forward", missing), "dkim_selector and dkim_key go together: set both")
    if forward.dkim_key is not None and forward.sender is None:
        yield Remark(
            ("forward", "sender"), "required for [forward] dkim_key: whose signature it is"
        )
    for index, analyst in enumerate(settings.analysts):
        loc: Loc = ("analysts", index)
        if analyst.encrypt == "none" and analyst.key_file is not None:
            yield Remark(
                (*loc, "encrypt"), 'a key is given: set "openpgp" or "smime", or remove it'
            )
        if analyst.encrypt != "none" and analyst.key_file is None:
            yield Remark((*loc, "key_file"), "required: the file of the analyst's public key")


def key_file_remarks(settings: Settings, today: date) -> Iterator[Remark]:
    """What the files say of themselves on that day."""
    at = datetime.combine(today, time(), UTC)
    for index, analyst in enumerate(settings.analysts):
        if analyst.encrypt != "none" and analyst.key_file is not None:
            yield from _of_seal(("analysts", index), analyst, at)
    if settings.forward.dkim_key is not None:
        try:
            dkim_signer(settings)
        except ConfigError as found:
            yield Remark(("forward", "dkim_key"), found.problems[0].message)


def _of_seal(loc: Loc, analyst: Analyst, at: datetime) -> Iterator[Remark]:
    try:
        key = _seal(analyst).look(at)
    except NoOpenPgp as problem:
        yield Remark((*loc, "encrypt"), str(problem))
    except NoSeal as problem:
        yield Remark((*loc, "key_file"), str(problem))
    else:
        yield from _of_key((*loc, "key_file"), analyst, key, at)


def _of_key(loc: Loc, analyst: Analyst, key: PublicKey, at: datetime) -> Iterator[Remark]:
    if key.ends_at is not None and key.ends_at <= at:
        yield warning(
            loc,
            f"the key expired on {key.ends_at:%F}: copies for {analyst.name} are withheld until "
            "the file holds a new one",
        )
    elif key.ends_at is not None and key.ends_at <= at + _SOON:
        yield warning(loc, f"the key expires on {key.ends_at:%F}: copies are withheld from then on")
    if not any(analyst.address.lower() in address.lower() for address in key.addresses):
        yield warning(loc, "the key does not name the analyst's address: is it the right one?")


def _seal(analyst: Analyst) -> Seal:
    path = analyst.key_file or Path()
    return OpenPgpSeal(path) if analyst.encrypt == "openpgp" else SmimeSeal(path)


def _error(key: str, path: Path, message: str) -> ConfigError:
    problem = Problem(level="error", file=str(path), line=None, key=key, message=message)
    return ConfigError((problem,))
