"""Moving in from WordPress: its export file is read here and becomes sections, people, stories and pictures."""
