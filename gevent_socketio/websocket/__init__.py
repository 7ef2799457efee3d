"""WebSocket (RFC 6455), server side, on the event loop's own watchers."""
