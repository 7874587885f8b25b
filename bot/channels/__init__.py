"""The ways by which a message comes in: the web chat's WebSocket and the REST webhook."""
