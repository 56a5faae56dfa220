"""The views of the parties' door."""
