"""Every job without a window: one module for each family of commands, imported when its command is used."""
