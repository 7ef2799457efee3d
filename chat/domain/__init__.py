"""Rules and types without input or output. Imports nothing else of the chat."""
