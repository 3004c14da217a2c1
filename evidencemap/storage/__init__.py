"""How a case is kept: all SQL, the journal, the gate, and how the user's file is written."""
