"""WebSocket (RFC 6455) on the event loop's own watchers."""
