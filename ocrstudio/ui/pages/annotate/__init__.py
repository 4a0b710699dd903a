"""The page where pages are labelled."""
