"""What changed between two versions of a circular, two runs or two stores: `circulars diff`.

`loading.py` opens either side, `pairs.py` says what in the new one is what was in the old one, `changes.py` compares
pair by pair and field by field, `report.py` shows it.
"""
