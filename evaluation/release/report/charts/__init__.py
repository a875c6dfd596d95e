"""Pictures from released numbers and finished words, as SVG that stands inside a page."""
