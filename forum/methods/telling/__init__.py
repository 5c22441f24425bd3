"""Tell: photos and words first, and then what they are. Nothing here publishes: the forms do that Tell leads to."""
