"""Tables to a release: checks, the whole book, identifiers, difference, version, and files, whole or not at all."""
