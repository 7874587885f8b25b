"""``python -m nlu ARGUMENTS``: Rasa's command line, with the API's token taken from the environment.

A token among the arguments could be read by every user of the machine in the list of processes.
"""

import os
import sys

from rasa.__main__ import main

token = os.environ.get("WENZHENG_RASA_TOKEN")
if token and sys.argv[1:2] == ["run"]:
    sys.argv += ["--auth-token", token]
main()
