"""What browsers fetch over HTTP: pages and JSON."""
