"""HTML, for people: every page is a question put to `queries` and a template."""
