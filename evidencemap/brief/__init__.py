"""How a case is told: outlines of a brief, and PDF, HTML and plain text made of them."""
