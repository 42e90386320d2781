"""What runs in the measuring process, where Django is set up: all that imports the product."""
