"""What an input may weigh and how long work may hold the loop. Imports none of our other packages, so that all may use it."""
