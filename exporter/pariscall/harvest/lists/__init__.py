"""Lists of signatories as keepers have them: sheets in which people write for people."""
