"""What is asked about the first administrator, and the variables that answer in advance."""

QUESTIONS = {"name": "Name", "username": "Username", "email": "Email", "password": "Password"}


def variable(field: str) -> str:
    """The environment variable that answers the question for `field`."""
    return f"HELIODESK_ADMIN_{field.upper()}"
