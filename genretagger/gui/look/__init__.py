"""The look of the window: colours, sizes of text and the style that draws every control."""
