"""Text detection: pages, target maps, loss, boxes, measures."""
