"""Why a resume is where it is: what it shows, in words that quote it."""
