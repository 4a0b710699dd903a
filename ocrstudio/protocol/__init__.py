"""Messages between the window and its child processes: one JSON object per line."""
