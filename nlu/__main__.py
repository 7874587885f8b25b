"""``python -m nlu ARGUMENTS``: Rasa's command line, with the API's token taken from the environment.

A token among the arguments could be read by every user of the machine in the list of processes.
"""

import os
import sys

running = sys.argv[1:2] == ["run"]
if running:
    import nlu.without_tensorflow

    nlu.without_tensorflow.install()

from rasa.__main__ import main  # noqa: E402

token = os.environ.get("WENZHENG_RASA_TOKEN")
if token and running:
    sys.argv += ["--auth-token", token]
main()
