"""The rows of the book: checked, put together, identified, compared, each change with its cause."""
