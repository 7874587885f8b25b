"""A problem that the person who starts Wenzheng can mend: one sentence that says what to do."""


class SetupProblem(Exception):
    """The command cannot go on; the message is the sentence to show."""
