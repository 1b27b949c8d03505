"""File version 1.0: the first tables. Nothing older exists, so there is nothing to bring up."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Leave the file as it is: files begin at this version."""
