"""One run: which documents it reads, in which batches, and what came of it.

Batches carry names, not data: each step reads what the step before left in the run's work area and leaves its own tables there, so
that steps run in other processes or on other machines, and a run that was killed goes on where it was.
"""
