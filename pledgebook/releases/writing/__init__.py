"""The files of a version: tables, descriptions, sums, signature."""
