"""The page that shows how the server is doing."""
