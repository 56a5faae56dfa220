"""The views of the reporter's door."""
