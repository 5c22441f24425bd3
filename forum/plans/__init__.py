"""Plans: methods put together, with or without a clock."""
