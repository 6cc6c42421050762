"""Paged documents: pdf, scans and pictures; what is common to them is where words stand on a page."""
