"""The pages of the answer pane, one question each."""
