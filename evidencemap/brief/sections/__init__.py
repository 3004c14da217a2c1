"""The sections that briefs are made of: each reads a basis and gives blocks of an outline."""
