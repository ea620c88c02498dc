"""The secret key that the gateway makes where it was given none, and all settings with it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from gateway.errors import ConfigurationError
from gateway.settings import SECRET, SECRET_KEY_FILE, Settings, load


def settings_from_environment() -> Settings:
    """The settings of this process, with a secret key.

    Raise ConfigurationError naming the variable at fault.
    """
    return ensure_secret_key(load(os.environ))


def ensure_secret_key(settings: Settings) -> Settings:
    """Give `settings` with a secret key: its own, or the one kept in the data directory.

    The first process makes that one, readable to its user only; of several that start together
    all get the same. Raise ConfigurationError when it can be neither read nor made.
    """
    if settings.secret_key is not None:
        return settings
    path = settings.data_dir / SECRET_KEY_FILE
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return replace(settings, secret_key=SECRET.read(path.read_text("utf-8").strip()))
    except (OSError, ValueError) as error:
        reason = f"{path} cannot serve as the secret key ({str(error) or 'it is too short'})"
        raise ConfigurationError(f"LOYALTY_SECRET_KEY is not set, and {reason}.") from error


def _write_once(path: Path, text: str) -> None:
    """Write a file whole or not at all, and never over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):  # Another process was first: its key is the key.
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
