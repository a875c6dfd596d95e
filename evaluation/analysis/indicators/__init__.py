"""What the datasets beside the questionnaire add up to, by what their instrument files declare."""
