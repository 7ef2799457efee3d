"""The second factor: codes of an app (TOTP) and recovery codes. allauth's, with our look, limits and rules."""
