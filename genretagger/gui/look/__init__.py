"""The look of the window: colours, sizes, its fit to the screen, the style of every control."""
