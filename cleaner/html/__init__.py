"""HTML pages: parsed, rendered to the text layer, and read for what only a page states."""
