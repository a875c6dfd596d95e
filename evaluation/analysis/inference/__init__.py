"""How sure one can be with few regions: one file per idea, none of them knows a questionnaire."""
