"""The rivals: each a server that does the least a chat must do. They run in an environment of their own."""
