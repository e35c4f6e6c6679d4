"""The default model folder, as package data."""
