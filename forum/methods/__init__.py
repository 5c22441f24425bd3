"""The method library: cards people can repeat, what happened when they tried, and what others made of them."""
