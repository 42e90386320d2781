"""Made data: whole areas of assets that nobody wrote, to measure and try the site with.

plan.py lays out the areas, layers.py makes one asset of the pieces in words.py, rows.py makes an
area's rows, load.py writes them. The same seed makes the same rows on every machine.
"""
