"""What was read on pictures, written for people and programs: text, tables, documents, projects."""
