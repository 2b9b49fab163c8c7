"""Pages of the portal itself: front page, gallery of components, refusals."""
