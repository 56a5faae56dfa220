"""Three readers with password, second factor and keys, as the ceremony makes them: run in a process of its own, on the
data folder of the run, before the server starts. Prints who they are."""

import json
import os
import sys

import django

if __name__ == "__main__":  # before anything of Haven is loaded
    os.environ["DJANGO_SETTINGS_MODULE"] = "haven.config.settings"
    django.setup()

from django.conf import settings

from haven.people.adapter import SecondFactorAdapter, give_totp
from haven.people.models import Membership, User
from haven.vault import directory, unlocking
from tests.institution import LONG_AGO
from tests.proofs.canary.secrets import PASSPHRASE, PASSWORD


def main() -> None:
    people, keyrings = [], []
    for number in range(3):
        user = User(email=f"reader{number}@voorbeeld.example", name=f"Reader {number}", role_key="coordinator")
        user.function_nl = user.function_en = "Officer"
        user.on_duty = True
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(user=user, route="contact_point")
        give_totp(user)
        bundle, _recovery = unlocking.make_bundle(user, PASSPHRASE)
        keyrings.append(unlocking.unlock(bundle, PASSPHRASE))
        secret = SecondFactorAdapter().decrypt(user.authenticator_set.get().data["secret"])  # type: ignore[attr-defined]
        people.append({"email": user.email, "pk": user.pk, "kid": bundle.kid, "totp": secret})
    settings.VAULT_ROOTS = tuple(one.kid for one in keyrings[:2])
    (settings.DATA / "secrets" / "roots").write_text("\n".join(settings.VAULT_ROOTS))
    for user in User.objects.exclude(role_key="administrator"):
        for root in keyrings[:2]:
            directory.endorse(root, "contact_point", user.key_bundles.get(), LONG_AGO)
    json.dump(people, sys.stdout)


if __name__ == "__main__":
    main()
