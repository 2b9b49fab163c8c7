"""What waits for people in an evaluation and after it. Importing this package declares every duty."""

from evaluations.duties import after_results, evaluating

__all__ = ["after_results", "evaluating"]
