"""Where releases are kept: a folder or an object store, what its index lists, and reading what stands there."""
