"""Signs issued briefs with a person's own certificate, in a process that cannot reach a network."""
