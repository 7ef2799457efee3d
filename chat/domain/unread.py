"""How far counts look back: what scripts, recovery and actions hold to alike."""

# Messages that counts of unread messages look at.
UNREAD_MOST = 10_000
# Mentions of each kind that a room keeps for a member.
MENTIONS_MOST = 1_000
