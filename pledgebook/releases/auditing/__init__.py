"""Random rows for people to judge, and what their judgement says."""
