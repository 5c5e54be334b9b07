"""The stages, a module each, named by what they do."""
