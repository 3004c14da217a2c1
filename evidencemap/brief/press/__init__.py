"""Sets an outline into pages: lines, boxes, tables, figures. Knows nothing of cases."""
