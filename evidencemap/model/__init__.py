"""What a case is: frozen entities, edits between them, the verbs that make edits, the rules that hold."""
