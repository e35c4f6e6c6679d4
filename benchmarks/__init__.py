"""One script for each published number; `make bench NAME=matching` runs one."""
