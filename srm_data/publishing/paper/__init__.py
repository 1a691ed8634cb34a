"""Paper for a room without laptops: a one-page worksheet for each lesson, and cards.

It may import what `publishing` may.
"""
