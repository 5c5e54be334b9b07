"""What people read: the summary of a run, an explained article, the rules."""
