"""Today and the season as pictures: per day, hour, place and identity."""
