"""The action server: ``python -m actions`` on the loopback, with our logs."""

import logging
import os
import warnings

from actions._services import provided, texts
from wenzheng.logs import configure
from wenzheng.settings import Settings


def main() -> None:
    """Serve every action of this package until stopped."""
    settings = Settings.model_validate({})
    os.environ["SANIC_HOST"] = "127.0.0.1"  # rasa-sdk listens on all addresses unless told otherwise
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")  # they were measured together
    texts()  # a broken file of sentences stops the start, not each turn
    from rasa_sdk.endpoint import create_app_for_serve
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    logging.disable(logging.INFO)
    executor.register_package("actions")
    logging.disable(logging.NOTSET)
    configure("actions")
    for noisy in ("sanic", "rasa_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("rasa_sdk.endpoint").setLevel(logging.CRITICAL)  # its tracebacks may quote the citizen
    _open_services()
    app = create_app_for_serve(executor, cors_origins=[])
    app.config.MOTD = False
    app.config.ACCESS_LOG = False
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, motd=False, access_log=False)


def _open_services() -> None:
    """Open the records before the first turn; if they cannot be opened yet, the turns try again."""
    try:
        provided()
    except Exception as problem:
        logging.getLogger(__name__).warning("the records cannot be opened yet: %s", type(problem).__name__)


if __name__ == "__main__":
    main()
