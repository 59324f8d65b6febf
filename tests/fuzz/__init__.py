"""Hostile and broken input, made from a seed: pages, data files, drawings and file names; built and then looked at."""
