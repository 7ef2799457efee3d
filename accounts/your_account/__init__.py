"""The pages of one's own account: what a person can change by themselves."""
