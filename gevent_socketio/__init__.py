"""Socket.IO v5 for gevent: WebSocket, Engine.IO v4 and Socket.IO sessions behind gevent's WSGI server. See README.md."""
