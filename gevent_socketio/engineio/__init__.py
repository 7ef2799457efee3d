"""Engine.IO v4 over WebSocket and long polling."""
