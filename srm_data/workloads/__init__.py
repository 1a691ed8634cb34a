"""A workload of several components: read from a file or a plan, shown, and compared with another plan.

It may import every room above it, and nothing of `learning`.
"""
