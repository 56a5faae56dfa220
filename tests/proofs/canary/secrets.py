"""What the readers of the canary run type."""

PASSWORD, PASSPHRASE = "a password of the canary run", "a passphrase of the canary run"
