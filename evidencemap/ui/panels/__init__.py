"""The panes of the window. Each shows the one case and the one selection, and knows no other pane."""
