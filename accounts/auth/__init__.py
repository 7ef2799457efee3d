"""Signing up, logging in and changing passwords: allauth's pages with our forms, rules and limits."""
