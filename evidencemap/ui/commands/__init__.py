"""What each action does, a file a menu; a command asks the editor and never draws."""
