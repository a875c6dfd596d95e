"""What a single cell cannot show: rows, interviewers, sites and waves that look odd as a whole."""
