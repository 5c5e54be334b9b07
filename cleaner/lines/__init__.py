"""What a text is cut into: rows, paragraphs, headings, and the labels of endless lines."""
