"""What one person keeps for themselves at the desk, such as filters and days to look again: one sealed box, under a key
of that person alone. It holds ids of cases and never a word of one, but for what the person wrote there to recognise
it by: words go with their case.
"""

import json
from typing import Any

from haven.vault import bodies
from haven.vault.context import ctx
from haven.vault.errors import CannotOpen
from haven.vault.keyring import Keyring
from haven.vault.models import Drawer


def read(keyring: Keyring, *, lock: bool = False) -> dict[str, Any]:
    """What lies in it; nothing when it was never used or does not open. `lock`: before writing, in a transaction."""
    rows = Drawer.objects.select_for_update() if lock else Drawer.objects.all()
    row = rows.filter(kid=keyring.kid).first()
    if row is None:
        return {}
    try:
        kept: dict[str, Any] = json.loads(bodies.open_body(keyring.drawer_key, row.sealed, _aad(keyring)))
    except CannotOpen:
        return {}
    return kept


def write(keyring: Keyring, kept: dict[str, Any]) -> None:
    content = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    sealed = bodies.seal_body(keyring.drawer_key, content, _aad(keyring))
    Drawer.objects.update_or_create(kid=keyring.kid, defaults={"sealed": sealed})


def _aad(keyring: Keyring) -> bytes:
    return ctx("haven/v1/drawer", keyring.kid)
