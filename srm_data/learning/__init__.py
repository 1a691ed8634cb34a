"""What a learner does and a teacher reads: questions, predictions, exercises, progress, the hand-in, a class.

It may import every room above it, and nothing of `workloads`.
"""
