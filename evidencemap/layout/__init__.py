"""Where things lie on the map: sizes, positions and routes in points; nothing is drawn."""
