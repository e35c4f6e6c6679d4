"""Results as pages for people and as text for machines."""
