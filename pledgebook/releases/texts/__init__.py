"""What a version says in words: data card, changelog, feed."""
