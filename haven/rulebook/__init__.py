"""The promises of an institution as data. Standard library and pydantic only: no model, no request, no setting."""
