"""What to do about it: plans, drafts, merged chapters."""
