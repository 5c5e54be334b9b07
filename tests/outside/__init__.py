"""What is seen from outside: the package as built and installed, the hooks as pre-commit runs them.

These tests need the network and tools of their own; ``.ci/outside`` runs them, and they skip
elsewhere.
"""
