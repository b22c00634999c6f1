"""What would be true on paper, with no computer: rules, dates, fees, words. Standard library only."""
