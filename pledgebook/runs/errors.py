"""What makes a run count as failed though it came to its end."""


class RunFailed(Exception):
    """A run needs a person: a gate is closed, or a source has been failing for too long."""
