"""The help that comes with the program: topics in Markdown, shown in a window of their own."""
