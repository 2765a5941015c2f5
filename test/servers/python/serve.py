"""Runs an ASGI application on a free port of 127.0.0.1 and prints the address when it takes connections."""

import json
import os
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

Configuration = dict[str, Any]


def serve(build: Callable[[Configuration, str], Any]) -> None:
    """`build` gets the settings of the environment variable LAB_SERVER (JSON) and the public origin."""
    settings: Configuration = json.loads(os.environ["LAB_SERVER"])
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = build(settings, settings.get("publicOrigin") or address)
    print(f"ready {address}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="info", ws="none")).run(sockets=[listener])
