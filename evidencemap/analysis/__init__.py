"""What follows from a case: grades, verdicts, reasons, and what would change them."""
