"""The table of tracks: model, view, painting, and the controller that owns the rows."""
