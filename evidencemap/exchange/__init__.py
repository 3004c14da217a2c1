"""How a case travels: one file per format, one registry, and a report of what did not come along."""
